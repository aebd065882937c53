#include "audience.h"

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "context.h"
#include "keys.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace vesica::python {
namespace {

// Of building, adding takes most of the time and making the audience the rest.
constexpr double kPartOfAdding = 0.8;

nb::tuple Triple(const vesica_estimate& estimate) {
  return nb::make_tuple(estimate.value, estimate.lower, estimate.upper);
}

// The invalid rows of an audience by reason: (reason, rows, first rows).
nb::list InvalidRows(const c::Audience& audience, uint32_t reasons) {
  nb::list list;
  for (uint32_t i = 0; i < reasons; ++i) {
    const vesica_invalid invalid = audience.Invalid(i);
    nb::list first_rows;
    for (const uint64_t row : invalid.first_rows) {
      if (row != VESICA_NO_ROW) first_rows.append(row);
    }
    list.append(nb::make_tuple(vesica_reason_text(invalid.reason), invalid.rows, first_rows));
  }
  return list;
}

nb::dict Quality(const c::Audience& audience) {
  const vesica_quality quality = audience.Quality();
  nb::dict dict;
  dict["derived"] = (quality.flags & VESICA_QUALITY_DERIVED) != 0;
  dict["rows"] = quality.rows;
  dict["blank"] = quality.blank;
  dict["invalid"] = quality.invalid;
  dict["duplicate"] = quality.duplicate;
  dict["free_mail"] = quality.free_mail;
  dict["role"] = quality.role;
  dict["count"] = quality.count;
  dict["invalid_rows"] = InvalidRows(audience, quality.invalid_reasons);
  return dict;
}

nb::dict InfoDict(const vesica_image_info& info) {
  nb::dict dict;
  dict["format_version"] = info.format_version;
  dict["representation"] = info.representation;
  dict["size_bytes"] = info.size_bytes;
  dict["entries"] = info.entries;
  dict["exact_count"] =
      (info.flags & VESICA_IMAGE_EXACT_COUNT) != 0 ? nb::object(nb::int_(info.exact_count)) : nb::none();
  dict["sketch_bytes"] = info.sketch_bytes;
  dict["mantissa_bits"] = info.mantissa_bits;
  dict["hash_bits"] = info.hash_bits;
  dict["profile"] = info.profile;
  dict["stamp"] = info.stamp;
  return dict;
}

nb::dict Describe(const c::Audience& audience) {
  vesica_image_info info;
  {
    const nb::gil_scoped_release unlocked;
    info = audience.Describe();
  }
  return InfoDict(info);
}

nb::bytes Save(const c::Audience& audience) {
  size_t length = 0;
  {
    const nb::gil_scoped_release unlocked;
    c::internal::Call(vesica_audience_save, audience.get(), nullptr, size_t{0}, &length);
  }
  nb::bytes image = nb::steal<nb::bytes>(PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(length)));
  if (!image.is_valid()) throw nb::python_error();
  char* const data = PyBytes_AsString(image.ptr());
  const nb::gil_scoped_release unlocked;
  c::internal::Call(vesica_audience_save, audience.get(), data, length, &length);
  return image;
}

c::Audience Load(Context& context, const nb::bytes& image, nb::object progress) {
  return context.Run(std::move(progress),
                     [&](auto&) { return c::Audience::Load(context.get(), image.data(), image.size()); });
}

c::Audience Build(Context& context, const c::Profile& profile, Keys& keys, uint32_t encoding,
                  const vesica_builder_options& options, nb::object progress) {
  return context.Run(std::move(progress), [&](auto& call) {
    c::Builder builder(context.get(), profile, options);
    call.stream = keys.stream();
    call.Part(0, kPartOfAdding);
    builder.Add(c::Source("", keys.Source("", encoding)));
    call.Part(kPartOfAdding, 1);
    return builder.Build();
  });
}

c::Audience Sketch(Context& context, const c::Audience& audience, const vesica_builder_options& options,
                   nb::object progress) {
  return context.Run(std::move(progress), [&](auto&) { return audience.Sketch(context.get(), options); });
}

c::Audience Merge(Context& context, const std::vector<const c::Audience*>& audiences,
                  const vesica_builder_options& options, nb::object progress) {
  return context.Run(std::move(progress), [&](auto&) { return c::MergeOf(context.get(), audiences, options); });
}

template <c::Audience (*Combine)(c::Context&, const c::Audience&, const c::Audience&)>
c::Audience Combined(Context& context, const c::Audience& a, const c::Audience& b, nb::object progress) {
  return context.Run(std::move(progress), [&](auto&) { return Combine(context.get(), a, b); });
}

nb::list Contains(Context& context, const c::Audience& audience, const c::Profile& profile, Keys& keys,
                  uint32_t encoding, nb::object progress) {
  std::vector<std::vector<uint8_t>> found;
  context.Run(std::move(progress), [&](auto& call) {
    const std::vector<vesica_column>& columns = keys.Columns(encoding);
    for (const vesica_column& column : columns) {
      const auto done = static_cast<double>(found.size());
      const auto all = static_cast<double>(columns.size());
      call.Part(done / all, (done + 1) / all);
      found.push_back(audience.Contains(context.get(), profile, c::Column(column)));
    }
  });
  nb::list list;
  for (const std::vector<uint8_t>& part : found) {
    for (const uint8_t one : part) list.append(nb::bool_(one != 0));
  }
  return list;
}

// A builder and the context that it works with.
struct Builder {
  Context& context;
  c::Builder builder;
};

void Add(Builder& builder, Keys& keys, uint32_t encoding, nb::object progress) {
  builder.context.Run(std::move(progress), [&](auto& call) {
    call.tells_end = false;
    call.stream = keys.stream();
    builder.builder.Add(c::Source("", keys.Source("", encoding)));
  });
}

void AddAudience(Builder& builder, const c::Audience& audience, nb::object progress) {
  builder.context.Run(std::move(progress), [&](auto& call) {
    call.tells_end = false;
    builder.builder.Merge(audience);
  });
}

c::Audience BuildIt(Builder& builder, nb::object progress) {
  return builder.context.Run(std::move(progress), [&](auto& call) {
    call.tells_end = false;
    return builder.builder.Build();
  });
}

}  // namespace

vesica_builder_options BuilderOptions(uint32_t representation, uint64_t sketch_bytes, bool plain_registers) {
  vesica_builder_options options = c::SketchOptions(representation, sketch_bytes);
  options.flags = plain_registers ? VESICA_BUILDER_PLAIN_REGISTERS : 0;
  return options;
}

void BindAudience(nb::module_& module) {
  nb::class_<vesica_builder_options>(module, "BuilderOptions");
  module.def("builder_options", &BuilderOptions, "representation"_a, "sketch_bytes"_a, "plain_registers"_a);
  module.def(
      "inspect", [](const nb::bytes& image) { return InfoDict(c::Inspect(image.data(), image.size())); }, "image"_a);

  nb::class_<c::Audience>(module, "Audience")
      .def("count", [](const c::Audience& audience) { return Triple(audience.Count()); })
      .def("quality", &Quality)
      .def("stamp", &c::Audience::Stamp)
      .def("describe", &Describe)
      .def("save", &Save);
  module.def("load", &Load, "context"_a, "image"_a, "progress"_a.none());
  module.def("build", &Build, "context"_a, "profile"_a, "keys"_a, "encoding"_a, "options"_a, "progress"_a.none());
  module.def("sketch", &Sketch, "context"_a, "audience"_a, "options"_a, "progress"_a.none());
  module.def("merge", &Merge, "context"_a, "audiences"_a, "options"_a, "progress"_a.none());
  module.def("union", &Combined<c::Union>, "context"_a, "a"_a, "b"_a, "progress"_a.none());
  module.def("intersection", &Combined<c::Intersection>, "context"_a, "a"_a, "b"_a, "progress"_a.none());
  module.def("difference", &Combined<c::Difference>, "context"_a, "a"_a, "b"_a, "progress"_a.none());
  module.def("contains", &Contains, "context"_a, "audience"_a, "profile"_a, "keys"_a, "encoding"_a,
             "progress"_a.none());

  nb::class_<Builder>(module, "Builder")
      .def("add", &Add, "keys"_a, "encoding"_a, "progress"_a.none())
      .def("merge", &AddAudience, "audience"_a, "progress"_a.none())
      .def("build", &BuildIt, "progress"_a.none());
  module.def(
      "builder",
      [](Context& context, const c::Profile& profile, const vesica_builder_options& options) {
        return new Builder{context, c::Builder(context.get(), profile, options)};
      },
      "context"_a, "profile"_a, "options"_a, nb::keep_alive<0, 1>());
}

}  // namespace vesica::python
