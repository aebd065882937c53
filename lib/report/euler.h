#ifndef VESICA_LIB_REPORT_EULER_H_
#define VESICA_LIB_REPORT_EULER_H_

namespace vesica {

// The distance at which circles of areas a and b share the area `both`: from where one is just within the other, for a
// `both` that is not less than the smaller, to where they just touch.
double CircleDistance(double a, double b, double both);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_EULER_H_
