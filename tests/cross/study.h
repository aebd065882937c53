/* The studies of tests/cross through the C interface. */
#ifndef VESICA_CROSS_STUDY_H_
#define VESICA_CROSS_STUDY_H_

/* Writes OUT/study.json of a file cases/NAME.study. */
void RunStudy(const char* path, const char* out);

#endif /* VESICA_CROSS_STUDY_H_ */
