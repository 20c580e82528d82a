//go:build embeddict

package analyzer

import (
	"embed"
	"fmt"
	"io/fs"
)

// dict is filled by `go run ./internal/analyzer/dictcopy`, which `make build`
// runs; git ignores it.
//
//go:embed dict/TSCharacters.txt dict/HKVariants.txt dict/TWVariants.txt dict/jieba.dict.utf8 dict/hmm_model.utf8
//go:embed dict/user.dict.utf8 dict/idf.utf8 dict/stop_words.utf8
var dict embed.FS

// dictionaries returns the folder of the files of gojieba and OpenCC, and its
// name for errors.
func dictionaries() (fs.FS, string, error) {
	folder, err := fs.Sub(dict, "dict")
	if err != nil {
		return nil, "", fmt.Errorf("embedded dictionaries: %w", err)
	}
	return folder, "(embedded)", nil
}
