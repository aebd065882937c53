# Writes OUTPUT, a C++ source with the bytes of INPUT as the array vesica::SYMBOL (see embed.cmake).
file(READ ${INPUT} hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "(................................................................)" "\\1\n" hex "${hex}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE ${OUTPUT} "#include <cstddef>\n\nnamespace vesica {\n"
     "extern const unsigned char ${SYMBOL}[];\nextern const size_t ${SYMBOL}Size;\n"
     "const unsigned char ${SYMBOL}[] = {\n${bytes}\n};\nconst size_t ${SYMBOL}Size = ${size};\n"
     "}  // namespace vesica\n")
