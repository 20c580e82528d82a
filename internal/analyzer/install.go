package analyzer

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"xunwen/internal/smallfile"
)

// maxList bounds a user dictionary and a file of synonyms: six times jieba's own dictionary.
const maxList = 32 << 20

// Install writes the dictionary files into dir, which it creates if needed:
// those embedded in the program (build tag embeddict) or those of the module
// cache. The lines of the file userDict, "" for none, are added to the user
// dictionary; a bad one is an error "FILE:LINE: reason", before anything is
// written. Nothing is synced to disk.
func Install(dir, userDict string) error {
	folder, name, err := dictionaries()
	if err != nil {
		return err
	}
	return install(folder, name, dir, userDict)
}

// InstallFrom is Install with the dictionary files of a folder instead of the
// program's own. It copies what Compile added to that folder, if no user dictionary changes it.
func InstallFrom(folder fs.FS, dir, userDict string) error {
	return install(folder, "(given)", dir, userDict)
}

// install copies the files of a folder; errors call it name.
func install(folder fs.FS, name, dir, userDict string) error {
	files, err := readFiles(folder, name)
	if err != nil {
		return err
	}
	var user []byte
	if userDict != "" {
		if user, err = readUserDict(userDict, files[:len(scriptFiles)]); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("dictionary folder: %w", err)
	}
	for _, f := range files {
		if f.name == userDictFile && userDict != "" {
			f.data = append(append(bytes.TrimRight(f.data, "\n"), '\n'), user...)
		}
		if err := writeFile(dir, f.name, f.data); err != nil {
			return err
		}
	}
	if userDict != "" {
		return nil
	}
	return copyOptional(folder, name, compiledFile, dir)
}

// copyOptional copies a file of a folder to dir, if it is there; errors call the folder where.
func copyOptional(folder fs.FS, where, name, dir string) error {
	data, err := fs.ReadFile(folder, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("dictionary file of %s: %w", where, err)
	}
	return writeFile(dir, name, data)
}

// readUserDict reads and checks a user dictionary; its words are folded by the
// tables script.
func readUserDict(path string, script []file) ([]byte, error) {
	data, _, err := smallfile.Read(path, maxList)
	if err != nil {
		return nil, fmt.Errorf("user dictionary: %w", err)
	}
	fold, err := parseScript(script)
	if err != nil {
		return nil, err
	}
	f := file{name: userDictFile, where: path, data: data}
	if err := f.lines(func(line string) error {
		_, _, err := parseUserWord(line, fold)
		return err
	}); err != nil {
		return nil, err
	}
	return bytes.TrimPrefix(data, []byte("\uFEFF")), nil
}

// BuiltinSynonyms is the name of the synonyms that come with the program.
const BuiltinSynonyms = "builtin"

//go:embed builtin_synonyms.txt
var builtinSynonyms []byte

// InstallSynonyms writes the synonyms of some files, or BuiltinSynonyms, into dir,
// where Install wrote the dictionaries, and replaces those that are there. Bad lines
// are an error with a line "FILE:LINE: reason" for each, before anything is written.
func InstallSynonyms(dir string, paths ...string) error {
	fold, err := openFolder(os.DirFS(dir), dir)
	if err != nil {
		return err
	}
	var all [][]byte
	for _, path := range paths {
		f, err := readSynonyms(path)
		if err != nil {
			return err
		}
		if _, err := parseSynonyms(f, fold); err != nil {
			return err
		}
		all = append(all, bytes.TrimPrefix(f.data, []byte("\uFEFF")))
	}
	data := bytes.Join(all, []byte("\n"))
	where := strings.Join(paths, "+") // its words may have too many synonyms together
	if _, err := parseSynonyms(file{name: SynonymsFile, where: where, data: data}, fold); err != nil {
		return err
	}
	return writeFile(dir, SynonymsFile, data)
}

// readSynonyms reads a file of synonyms, or those of the program.
func readSynonyms(path string) (file, error) {
	f := file{name: SynonymsFile, where: path, data: builtinSynonyms}
	if path == BuiltinSynonyms {
		return f, nil
	}
	var err error
	if f.data, _, err = smallfile.Read(path, maxList); err != nil {
		return f, fmt.Errorf("synonyms: %w", err)
	}
	return f, nil
}

// CopySynonyms copies the synonyms, if any, from one folder of dictionaries to
// another.
func CopySynonyms(from, to string) error { return copyOptional(os.DirFS(from), from, SynonymsFile, to) }

func writeFile(dir, name string, data []byte) error {
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		return fmt.Errorf("writing dictionaries: %w", err)
	}
	return nil
}
