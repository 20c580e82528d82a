// Command dictcopy copies gojieba's five dictionary files out of the module
// cache to internal/analyzer/dict, from where build tag embeddict takes them.
// It is run in the module's root folder.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const target = "internal/analyzer/dict"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "dictcopy:", err)
		os.Exit(1)
	}
}

func run() error {
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yanyiwu/gojieba")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("finding gojieba: %w", err)
	}
	module := strings.TrimSpace(string(out))
	if module == "" {
		return fmt.Errorf("gojieba is not in the module cache: run `go mod download`")
	}
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	for _, name := range []string{"jieba.dict.utf8", "hmm_model.utf8", "user.dict.utf8", "idf.utf8", "stop_words.utf8"} {
		data, err := os.ReadFile(filepath.Join(module, "deps/cppjieba/dict", name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(target, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
