/* The functions that R calls with .Call. */
#ifndef VESICA_R_CALLS_H_
#define VESICA_R_CALLS_H_

SEXP vesica_r_version(void);
SEXP vesica_r_status_text(SEXP status);

SEXP vesica_r_profile_table(void);
SEXP vesica_r_canonicalize(SEXP source, SEXP identity, SEXP shown_as);

SEXP vesica_r_audience_build(SEXP source, SEXP identity, SEXP options, SEXP call);
SEXP vesica_r_audience_merge(SEXP audiences, SEXP options, SEXP call);
SEXP vesica_r_audience_sketch(SEXP from, SEXP options, SEXP call);
SEXP vesica_r_audience_combine(SEXP a, SEXP b, SEXP operation, SEXP call);
SEXP vesica_r_audience_contains(SEXP audience, SEXP source, SEXP identity, SEXP call);
SEXP vesica_r_audience_count(SEXP audience);
SEXP vesica_r_audience_describe(SEXP audience);
SEXP vesica_r_audience_quality(SEXP audience);
SEXP vesica_r_invalid_rows(SEXP handle, SEXP set);

SEXP vesica_r_image_save(SEXP audience);
SEXP vesica_r_image_load(SEXP image, SEXP call);
SEXP vesica_r_image_inspect(SEXP image);

SEXP vesica_r_regions_of_keys(SEXP sources, SEXP names, SEXP identity, SEXP exact_bytes, SEXP call);
SEXP vesica_r_regions_of_audiences(SEXP audiences, SEXP names, SEXP call);
SEXP vesica_r_matrix_of_audiences(SEXP audiences, SEXP names, SEXP call);
SEXP vesica_r_answer_info(SEXP answer);
SEXP vesica_r_answer_table(SEXP answer, SEXP which);
SEXP vesica_r_answer_json(SEXP answer);
SEXP vesica_r_answer_stamp(SEXP answer);

SEXP vesica_r_is_alive(SEXP handle);
SEXP vesica_r_regions_report(SEXP regions, SEXP options);
SEXP vesica_r_overlap_report(SEXP figures, SEXP method, SEXP below_resolution, SEXP names, SEXP options);
SEXP vesica_r_study_answer_report(SEXP answer, SEXP options);
SEXP vesica_r_report_figures(void);

SEXP vesica_r_plan_table(SEXP numbers);
SEXP vesica_r_plan_half_width(SEXP numbers, SEXP options);

SEXP vesica_r_study_run(SEXP parts, SEXP identity, SEXP settings, SEXP spill, SEXP tables, SEXP call);
SEXP vesica_r_study_contents(void);
SEXP vesica_r_study_answer_count(SEXP answer);
SEXP vesica_r_study_answer_table(SEXP answer, SEXP which);
SEXP vesica_r_study_answer_json(SEXP answer);

SEXP vesica_r_table_name(SEXP table);
SEXP vesica_r_table_data_frame(SEXP table);
SEXP vesica_r_table_arrow(SEXP table);
SEXP vesica_r_table_json(SEXP table);
SEXP vesica_r_arrow_new_stream(void);
SEXP vesica_r_arrow_column_names(SEXP from);

#endif /* VESICA_R_CALLS_H_ */
