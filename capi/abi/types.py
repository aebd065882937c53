"""What libabigail's dump (stdin) says of types and signatures, as sorted lines that may be added to and not changed.

    int32_t vesica_progress_fn(void*, double)                    a callback
    vesica_error.row: uint64_t at byte 8                         a field
    vesica_estimate: 24 bytes                                    a struct without struct_size, which never grows
    vesica_status vesica_context_trim(vesica_context*, ...)      a function
    vesica_status: int32_t                                       another name
"""

import sys
import xml.etree.ElementTree as ElementTree

KINDS = {"type-decl", "pointer-type-def", "qualified-type-def", "typedef-decl", "class-decl", "enum-decl",
         "array-type-def", "function-type"}


class Dump:
    def __init__(self, root):
        self.root = root
        self.types = {node.get("id"): node for node in root.iter() if node.tag in KINDS}

    def name(self, type_id):
        """The type as C writes it, up to the place of `const` and `*`."""
        node = self.types[type_id]
        if node.tag == "pointer-type-def":
            return self.name(node.get("type-id")) + "*"
        if node.tag == "qualified-type-def":
            return self.name(node.get("type-id")) + " const"
        if node.tag == "array-type-def":
            return self.name(node.get("type-id")) + "".join(f"[{sub.get('length')}]" for sub in node.iter("subrange"))
        if node.tag == "function-type":
            return self.signature("", node)
        return node.get("name")

    def signature(self, name, node):
        parameters = ", ".join(self.name(parameter.get("type-id")) for parameter in node.findall("parameter"))
        return f"{self.name(node.find('return').get('type-id'))} {name}({parameters})"

    def struct_lines(self, node):
        name = node.get("name")
        fields = [(member.find("var-decl"), int(member.get("layout-offset-in-bits")) // 8)
                  for member in node.findall("data-member")]
        if fields and fields[0][0].get("name") != "struct_size":
            yield f"{name}: {int(node.get('size-in-bits')) // 8} bytes"
        for field, offset in fields:
            yield f"{name}.{field.get('name')}: {self.name(field.get('type-id'))} at byte {offset}"

    def typedef_line(self, node):
        target = self.types[node.get("type-id")]
        if target.tag == "pointer-type-def" and self.types[target.get("type-id")].tag == "function-type":
            return self.signature(node.get("name"), self.types[target.get("type-id")])
        return f"{node.get('name')}: {self.name(node.get('type-id'))}"

    def lines(self):
        for node in self.root.iter():
            ours = node.get("name", "").startswith(("vesica_", "Arrow"))
            if node.tag == "class-decl" and ours:
                yield from self.struct_lines(node)
            elif node.tag == "typedef-decl" and ours and self.name(node.get("type-id")) != node.get("name"):
                yield self.typedef_line(node)
            elif node.tag == "function-decl" and ours and node.get("elf-symbol-id"):
                yield self.signature(node.get("name"), node)


if __name__ == "__main__":
    print("\n".join(sorted(set(Dump(ElementTree.parse(sys.stdin).getroot()).lines()))))
