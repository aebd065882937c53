// Saved audiences: files that `vesica sketch` writes.
#ifndef VESICA_CLI_IMAGE_FILE_H_
#define VESICA_CLI_IMAGE_FILE_H_

#include <string>
#include <string_view>

#include "failure.h"
#include "library.h"

namespace vesica_cli {

struct Image {
  std::string bytes;
  vesica_image_info info = {};
};

// Whether the file is called *.vsc or begins as an image does. False for what is not there and for "-".
bool IsImage(const std::string& path);

// Whether bytes begin as an image does.
bool BeginsImage(std::string_view bytes);

// A whole file; "-" is standard input, or output. A file that is written is replaced at once or, on failure, left as it
// was; a link to one stays a link. What is no file, such as /dev/stdout or a pipe, is written to.
Failure ReadBytes(const std::string& path, std::string* out);
Failure WriteBytes(const std::string& bytes, const std::string& path);

// "-" is standard input.
Failure ReadImage(const std::string& path, Image* out);
Failure LoadImage(const Image& image, vesica_context* context, AudienceHandle* out);

// Writes the audience's image to `path`, which is replaced at once or, on failure, left as it was; "-" is standard
// output.
Failure WriteImage(const vesica_audience* audience, const std::string& path, size_t* size_bytes);

// "MinHash of 16,384 bytes" and the like.
std::string DescribeImage(const vesica_image_info& info);

}  // namespace vesica_cli

#endif  // VESICA_CLI_IMAGE_FILE_H_
