#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "buf.h"

/* Gives every file of the folders to a fuzz target, once: what a fuzzer found stays found. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static bool replay_file(const char *folder, const char *name)
{
	struct buf path = { 0 }, bytes = { 0 };
	char piece[4096];
	size_t len;
	FILE *f;

	buf_printf(&path, "%s/%s", folder, name);
	f = fopen(path.text, "rb");
	buf_done(&path);
	if (f == NULL)
		return false;
	while ((len = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add_bytes(&bytes, piece, len);
	(void)fclose(f);                                                      /* only read */
	(void)LLVMFuzzerTestOneInput((const uint8_t *)bytes.text, bytes.len); /* always 0 */
	buf_done(&bytes);
	return true;
}

static int replay_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	if (dir == NULL)
		return 0;
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] != '.' && replay_file(folder, entry->d_name))
			count++;
	}
	(void)closedir(dir); /* only read */
	return count;
}

int main(int argc, char **argv)
{
	int count = 0;

	for (int i = 1; i < argc; i++)
		count += replay_folder(argv[i]);
	printf("%d seeds\n", count);
	return count > 0 ? 0 : 1;
}
