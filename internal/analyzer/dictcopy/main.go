// Command dictcopy copies the dictionaries of gojieba and OpenCC's tables of
// characters from the module cache to internal/analyzer/dict, where build tag
// embeddict embeds them. Run it in the module's root folder.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const target = "internal/analyzer/dict"

// sources are the files to copy, by module and folder in it.
var sources = []struct {
	module, folder string
	files          []string
}{
	{"github.com/yanyiwu/gojieba", "deps/cppjieba/dict",
		[]string{"jieba.dict.utf8", "hmm_model.utf8", "user.dict.utf8", "idf.utf8", "stop_words.utf8"}},
	{"github.com/longbridgeapp/opencc", "dictionary", []string{"TSCharacters.txt", "HKVariants.txt", "TWVariants.txt"}},
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "dictcopy:", err)
		os.Exit(1)
	}
}

func run() error {
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	for _, s := range sources {
		module, err := moduleFolder(s.module)
		if err != nil {
			return err
		}
		for _, name := range s.files {
			data, err := os.ReadFile(filepath.Join(module, s.folder, name))
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(target, name), data, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// moduleFolder returns the folder of a module in the module cache.
func moduleFolder(module string) (string, error) {
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("finding %s: %w", module, err)
	}
	folder := strings.TrimSpace(string(out))
	if folder == "" {
		return "", fmt.Errorf("%s is not in the module cache: run `go mod download`", module)
	}
	return folder, nil
}
