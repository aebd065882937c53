#include "vesica_r.h"

vesica_builder_options vesica_r_builder_options(SEXP options) {
  const double bytes = Rf_asReal(VECTOR_ELT(options, 1));
  const vesica_builder_options out = {
      .struct_size = sizeof(out),
      .representation = (uint32_t)Rf_asInteger(VECTOR_ELT(options, 0)),
      .sketch_bytes = ISNAN(bytes) ? 0 : (uint64_t)bytes,
      .flags = Rf_asLogical(VECTOR_ELT(options, 2)) ? VESICA_BUILDER_PLAIN_REGISTERS : 0};
  return out;
}

const vesica_audience** vesica_r_audiences(SEXP handles) {
  const R_xlen_t count = XLENGTH(handles);
  const vesica_audience** audiences = (const vesica_audience**)R_alloc((size_t)count + 1, sizeof(*audiences));
  for (R_xlen_t i = 0; i < count; ++i) audiences[i] = vesica_r_get(VECTOR_ELT(handles, i), VESICA_R_AUDIENCE);
  return audiences;
}

/* An audience of the keys of a source. */
SEXP vesica_r_audience_build(SEXP source, SEXP identity, SEXP options, SEXP call) {
  vesica_source keys;
  vesica_r_source(source, VESICA_NO_INDEX, vesica_r_threads(call) > 1, &keys);
  const vesica_builder_options builder_options = vesica_r_builder_options(options);
  SEXP profile = PROTECT(vesica_r_profile(identity));
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP builder = PROTECT(vesica_r_handle(VESICA_R_BUILDER, context));
  SEXP audience = PROTECT(vesica_r_handle(VESICA_R_AUDIENCE, R_NilValue));

  /* To sort what is exact takes about as long as to hash it; to finish a sketch takes no time. */
  const double added = builder_options.representation == VESICA_REPRESENTATION_EXACT ? 0.5 : 1;
  vesica_error error = VESICA_R_ERROR;
  vesica_builder* building = NULL;
  vesica_audience* built = NULL;
  vesica_status status =
      vesica_builder_create(vesica_r_get(context, VESICA_R_CONTEXT), vesica_r_get(profile, VESICA_R_PROFILE),
                            &builder_options, &building, &error);
  vesica_r_fill(builder, building);
  vesica_r_part(context, 0, added);
  if (status == VESICA_OK) status = vesica_builder_add_source(building, &keys, &error);
  vesica_r_part(context, added, 1);
  if (status == VESICA_OK) status = vesica_builder_build(building, &built, &error);
  vesica_r_fill(audience, built);
  vesica_r_release(builder);
  vesica_r_release(profile);
  vesica_r_forget(source);
  vesica_r_finish(context, status, &error);
  UNPROTECT(4);
  return audience;
}

/* What a builder with these options makes of a list of audiences. */
SEXP vesica_r_audience_merge(SEXP audiences, SEXP options, SEXP call) {
  const vesica_audience** from = vesica_r_audiences(audiences);
  const vesica_builder_options builder_options = vesica_r_builder_options(options);
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP audience = PROTECT(vesica_r_handle(VESICA_R_AUDIENCE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_audience* merged = NULL;
  const vesica_status status = vesica_audience_merge(vesica_r_get(context, VESICA_R_CONTEXT), from,
                                                     (uint32_t)XLENGTH(audiences), &builder_options, &merged, &error);
  vesica_r_fill(audience, merged);
  vesica_r_finish(context, status, &error);
  UNPROTECT(2);
  return audience;
}

/* A sketch of an audience. */
SEXP vesica_r_audience_sketch(SEXP from, SEXP options, SEXP call) {
  const vesica_audience* whole = vesica_r_get(from, VESICA_R_AUDIENCE);
  const vesica_builder_options builder_options = vesica_r_builder_options(options);
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP audience = PROTECT(vesica_r_handle(VESICA_R_AUDIENCE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_audience* sketch = NULL;
  const vesica_status status =
      vesica_audience_sketch(vesica_r_get(context, VESICA_R_CONTEXT), whole, &builder_options, &sketch, &error);
  vesica_r_fill(audience, sketch);
  vesica_r_finish(context, status, &error);
  UNPROTECT(2);
  return audience;
}

/* The union (0), intersection (1) or difference (2) of two audiences. */
SEXP vesica_r_audience_combine(SEXP a, SEXP b, SEXP operation, SEXP call) {
  static vesica_status (*const operations[])(vesica_context*, const vesica_audience*, const vesica_audience*,
                                             vesica_audience**, vesica_error*) = {
      vesica_audience_union, vesica_audience_intersection, vesica_audience_difference};
  const vesica_audience* left = vesica_r_get(a, VESICA_R_AUDIENCE);
  const vesica_audience* right = vesica_r_get(b, VESICA_R_AUDIENCE);
  SEXP context = PROTECT(vesica_r_context(call));
  SEXP audience = PROTECT(vesica_r_handle(VESICA_R_AUDIENCE, R_NilValue));
  vesica_error error = VESICA_R_ERROR;
  vesica_audience* combined = NULL;
  const vesica_status status =
      operations[Rf_asInteger(operation)](vesica_r_get(context, VESICA_R_CONTEXT), left, right, &combined, &error);
  vesica_r_fill(audience, combined);
  vesica_r_finish(context, status, &error);
  UNPROTECT(2);
  return audience;
}

/* For each key TRUE or FALSE: whether the audience has it. */
SEXP vesica_r_audience_contains(SEXP audience, SEXP source, SEXP identity, SEXP call) {
  const vesica_audience* set = vesica_r_get(audience, VESICA_R_AUDIENCE);
  vesica_column keys;
  vesica_r_column(source, VESICA_NO_INDEX, &keys);
  uint64_t length = keys.length;
  if (keys.layout == VESICA_LAYOUT_ARROW) length = keys.array->length < 0 ? 0 : (uint64_t)keys.array->length;
  SEXP profile = PROTECT(vesica_r_profile(identity));
  SEXP result = PROTECT(Rf_allocVector(LGLSXP, (R_xlen_t)length));
  uint8_t* found = (uint8_t*)R_alloc((size_t)length + 1, 1);
  SEXP context = PROTECT(vesica_r_context(call));
  vesica_error error = VESICA_R_ERROR;
  const vesica_status status =
      vesica_audience_contains(vesica_r_get(context, VESICA_R_CONTEXT), set, vesica_r_get(profile, VESICA_R_PROFILE),
                               &keys, found, length, &error);
  vesica_r_release(profile);
  vesica_r_forget(source);
  vesica_r_finish(context, status, &error);
  int* to = LOGICAL(result);
  for (uint64_t i = 0; i < length; ++i) to[i] = found[i];
  UNPROTECT(3);
  return result;
}

/* c(estimate, lower, upper) of the number of keys. */
SEXP vesica_r_audience_count(SEXP audience) {
  const vesica_audience* set = vesica_r_get(audience, VESICA_R_AUDIENCE);
  vesica_estimate count;
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_audience_count(set, &count, &error), &error);
  SEXP result = PROTECT(Rf_allocVector(REALSXP, 3));
  vesica_r_write_estimate(&count, REAL(result));
  UNPROTECT(1);
  return result;
}

/* What the image of the audience says of itself. */
SEXP vesica_r_audience_describe(SEXP audience) {
  vesica_image_info info = {.struct_size = sizeof(info)};
  vesica_error error = VESICA_R_ERROR;
  vesica_r_check(vesica_audience_describe(vesica_r_get(audience, VESICA_R_AUDIENCE), &info, &error), &error);
  return vesica_r_image_info(&info);
}
