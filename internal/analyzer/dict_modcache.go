//go:build !embeddict

package analyzer

import (
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/yanyiwu/gojieba"
)

// dictionaries returns the folder of gojieba's dictionaries and its name:
// where gojieba was compiled, or, when paths were trimmed from the program
// (-trimpath), in the module cache of this machine.
func dictionaries() (fs.FS, string, error) {
	candidates := []string{gojieba.DICT_DIR}
	if !filepath.IsAbs(gojieba.DICT_DIR) {
		candidates = nil
		for _, cache := range moduleCaches() {
			candidates = append(candidates, filepath.Join(cache, gojieba.DICT_DIR))
		}
	}
	for _, dir := range candidates {
		if _, err := os.Stat(filepath.Join(dir, dictFile)); err == nil {
			return os.DirFS(dir), dir, nil
		}
	}
	return nil, "", fmt.Errorf("no jieba dictionaries in %s: run `go mod download`, or use a program from `make build`, which holds them",
		strings.Join(candidates, ", "))
}

// moduleCaches returns where Go keeps modules, by the rules of `go help env`.
func moduleCaches() []string {
	if dir := os.Getenv("GOMODCACHE"); dir != "" {
		return []string{dir}
	}
	var dirs []string
	for _, path := range filepath.SplitList(build.Default.GOPATH) {
		dirs = append(dirs, filepath.Join(path, "pkg", "mod"))
	}
	return dirs
}
