//go:build !embeddict

package analyzer

import (
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/yanyiwu/gojieba"
)

// Where OpenCC's tables are in a module cache. No package of that module is
// linked (its code needs one under the GPL), so its version is repeated here; a
// test compares it with go.mod.
const (
	openCC    = "github.com/longbridgeapp/opencc"
	openCCDir = openCC + "@v0.3.13/dictionary"
)

// dictionaries returns the dictionaries of gojieba and the tables of OpenCC from
// the module caches of this machine as one folder, and its name for errors.
func dictionaries() (fs.FS, string, error) {
	words, err := locate(gojieba.DICT_DIR, dictFile)
	if err != nil {
		return nil, "", err
	}
	script, err := locate(openCCDir, scriptFile)
	if err != nil {
		if failed := download(openCC); failed != nil {
			return nil, "", errors.Join(err, failed)
		}
		if script, err = locate(openCCDir, scriptFile); err != nil {
			return nil, "", err
		}
	}
	return layers{os.DirFS(words), os.DirFS(script)}, words + " and " + script, nil
}

// download downloads a module that nothing compiles, which Go doesn't do by
// itself. It runs in the source folder that this program was compiled from,
// whatever the working folder is: only there is the module known and its checksum
// verified.
func download(module string) error {
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(file) {
		return nil // compiled with -trimpath: there is no source folder
	}
	fetch := exec.Command("go", "mod", "download", module)
	fetch.Dir = filepath.Dir(file)
	if out, err := fetch.CombinedOutput(); err != nil {
		return fmt.Errorf("%s in %s: %w: %s", fetch, fetch.Dir, err, out)
	}
	return nil
}

// locate finds the folder that has a file: dir is where it was compiled or, in a
// program built with -trimpath, a path in a module cache.
func locate(dir, file string) (string, error) {
	candidates := []string{dir}
	if !filepath.IsAbs(dir) {
		candidates = nil
		for _, cache := range moduleCaches() {
			candidates = append(candidates, filepath.Join(cache, dir))
		}
	}
	for _, dir := range candidates {
		if _, err := os.Stat(filepath.Join(dir, file)); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("no %s in %s: run `go mod download`, or use a program from `make build`, which contains it",
		file, strings.Join(candidates, ", "))
}

// moduleCaches returns where Go keeps modules, as `go help env` describes.
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

// layers overlays folders: a file comes from the first one that has it.
type layers []fs.FS

func (l layers) Open(name string) (fs.File, error) {
	for _, folder := range l {
		f, err := folder.Open(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}
