# Writes emoji.tsv as a C table: EMOJI[] = { name, shown, toned }, in the order of the file.
file(READ ${FILE} rows)
string(REGEX REPLACE "# [^\n]*\n" "" rows "${rows}")
string(REGEX REPLACE "([^\t\n]+)\t([^\t\n]+)\ttoned\n" "\t{ \"\\1\", \"\\2\", true },\n" rows "${rows}")
string(REGEX REPLACE "([^\t\n]+)\t([^\t\n]+)\tplain\n" "\t{ \"\\1\", \"\\2\", false },\n" rows "${rows}")
set(out "#include \"emoji.h\"\n\nconst struct emoji EMOJI[] = {\n${rows}};\n")
string(APPEND out "const size_t EMOJI_COUNT = sizeof(EMOJI) / sizeof(EMOJI[0]);\n")
file(WRITE ${OUT} "${out}")
