#include <R_ext/Rdynload.h>

#include "vesica_r.h"

SEXP vesica_r_version(void) { return vesica_r_string(vesica_version()); }

SEXP vesica_r_status_text(SEXP status) { return vesica_r_string(vesica_status_text(Rf_asInteger(status))); }

#define CALL(name, arguments) \
  { "C_" #name, (DL_FUNC)&vesica_r_##name, arguments }

static const R_CallMethodDef calls[] = {
    CALL(version, 0),
    CALL(status_text, 1),
    CALL(profile_table, 0),
    CALL(canonicalize, 3),
    CALL(audience_build, 4),
    CALL(audience_merge, 3),
    CALL(audience_sketch, 3),
    CALL(audience_combine, 4),
    CALL(audience_contains, 4),
    CALL(audience_count, 1),
    CALL(audience_describe, 1),
    CALL(audience_quality, 1),
    CALL(invalid_rows, 2),
    CALL(image_save, 1),
    CALL(image_load, 2),
    CALL(image_inspect, 1),
    CALL(regions_of_keys, 5),
    CALL(regions_of_audiences, 3),
    CALL(matrix_of_audiences, 3),
    CALL(answer_info, 1),
    CALL(answer_table, 2),
    CALL(answer_json, 1),
    CALL(answer_stamp, 1),
    CALL(is_alive, 1),
    CALL(regions_report, 2),
    CALL(overlap_report, 5),
    CALL(study_answer_report, 2),
    CALL(report_figures, 0),
    CALL(plan_table, 1),
    CALL(plan_half_width, 2),
    CALL(study_run, 6),
    CALL(study_contents, 0),
    CALL(study_answer_count, 1),
    CALL(study_answer_table, 2),
    CALL(study_answer_json, 1),
    CALL(table_name, 1),
    CALL(table_data_frame, 1),
    CALL(table_arrow, 1),
    CALL(table_json, 1),
    CALL(arrow_new_stream, 0),
    CALL(arrow_column_names, 1),
    {NULL, NULL, 0},
};

void R_init_vesica(DllInfo* library);
void R_init_vesica(DllInfo* library) {
  vesica_r_init_handles();
  R_registerRoutines(library, NULL, calls, NULL, NULL);
  R_useDynamicSymbols(library, FALSE);
  R_forceSymbols(library, TRUE);
}
