package analyzer

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"xunwen/internal/jieba"
)

// compiledFile has what is made of the dictionaries, so that a folder opens ten times
// faster. It is optional and depends on the other files alone:
//
//	| fingerprint                64 bytes: SegmentationFingerprint of the files   |
//	| format                      4 bytes, little-endian                          |
//	| length J of the next part   4 bytes                                         |
//	| compiledWords               J bytes, JSON                                   |
//	| segmenter                   see package jieba                               |
//	| CRC-32C of all before       4 bytes                                         |
const compiledFile = "compiled.bin"

// compiledFormat changes when the files are read in another way. Indexes with another
// one are read too, but open slowly.
const compiledFormat = 1

// compiledWords is what the analyzer itself keeps of the dictionaries.
type compiledWords struct {
	Characters string            `json:"characters"` // vocabulary.runes
	Odd        []string          `json:"odd"`        // words of vocabulary.odd
	Spellings  map[string]string `json:"spellings"`
}

const (
	fingerprintSize = 64
	compiledHead    = fingerprintSize + 8
	checksumSize    = 4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Compile adds to a folder of dictionaries the file from which it opens fast, unless
// the folder has one.
func Compile(dir string) error {
	path := filepath.Join(dir, compiledFile)
	if _, err := os.Stat(path); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	files, err := readFiles(os.DirFS(dir), dir)
	if err != nil {
		return err
	}
	d, err := parseDictionary(files)
	if err != nil {
		return err
	}
	data, err := d.appendCompiled(nil, fingerprint(withoutSynonyms(files)))
	if err != nil {
		return fmt.Errorf("compiling the dictionaries of %s: %w", dir, err)
	}
	return writeFile(dir, compiledFile, data)
}

// appendCompiled appends the content of a compiledFile.
func (d *dictionary) appendCompiled(dst []byte, fingerprint string) ([]byte, error) {
	words, err := json.Marshal(d.compiledWords())
	if err != nil {
		return nil, err
	}
	start := len(dst)
	dst = append(dst, fingerprint...)
	dst = binary.LittleEndian.AppendUint32(dst, compiledFormat)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(len(words)))
	dst = append(dst, words...)
	if dst, err = d.segmenter.AppendBinary(dst); err != nil {
		return nil, err
	}
	return binary.LittleEndian.AppendUint32(dst, crc32.Checksum(dst[start:], castagnoli)), nil
}

func (d *dictionary) compiledWords() compiledWords {
	c := compiledWords{
		Characters: string(slices.Collect(d.vocabulary.runes.all())),
		Spellings:  make(map[string]string, len(d.spellings.of)),
	}
	for word, s := range d.spellings.of {
		c.Spellings[word] = s.text
	}
	for _, words := range d.vocabulary.odd {
		c.Odd = append(c.Odd, words...)
	}
	slices.Sort(c.Odd)
	c.Odd = slices.Compact(c.Odd)
	return c
}

// readCompiled returns the dictionary of a folder from its compiledFile, nil if it has
// none of these files.
func readCompiled(folder fs.FS, files []file, fingerprint string) (*dictionary, error) {
	data, err := fs.ReadFile(folder, compiledFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("dictionary file: %w", err)
	}
	d := newDictionary()
	ok, err := d.loadCompiled(data, files, fingerprint)
	if err != nil {
		where := filepath.Join(filepath.Dir(files[0].where), compiledFile)
		return nil, fmt.Errorf("%s: %w: restore the file, or build the index again", where, err)
	}
	if !ok {
		return nil, nil
	}
	return d, nil
}

var errDamagedCompiled = errors.New("damaged")

// loadCompiled fills d. It reports whether data is of these files and of a format that
// is known.
func (d *dictionary) loadCompiled(data []byte, files []file, fingerprint string) (bool, error) {
	if len(data) < compiledHead+checksumSize {
		return false, errDamagedCompiled
	}
	content, checksum := data[:len(data)-checksumSize], data[len(data)-checksumSize:]
	if crc32.Checksum(content, castagnoli) != binary.LittleEndian.Uint32(checksum) {
		return false, errDamagedCompiled
	}
	format := binary.LittleEndian.Uint32(content[fingerprintSize:])
	if string(content[:fingerprintSize]) != fingerprint || format != compiledFormat {
		return false, nil
	}
	size := uint64(binary.LittleEndian.Uint32(content[fingerprintSize+4:]))
	if content = content[compiledHead:]; size > uint64(len(content)) {
		return false, errDamagedCompiled
	}
	var c compiledWords
	if err := json.Unmarshal(content[:size], &c); err != nil {
		return false, errors.Join(errDamagedCompiled, err)
	}
	var err error
	if d.segmenter, err = jieba.Load(content[size:]); err != nil {
		return false, errors.Join(errDamagedCompiled, err)
	}
	return true, d.restore(c, files)
}

// restore fills d with what was compiled, and with the files that are not.
func (d *dictionary) restore(c compiledWords, files []file) error {
	if err := d.parseScript(files[:len(scriptFiles)]); err != nil {
		return err
	}
	for _, r := range c.Characters {
		d.vocabulary.runes.add(r)
	}
	for _, word := range c.Odd {
		d.vocabulary.addWord(word)
	}
	for word, text := range c.Spellings {
		d.spellings.of[word] = spelling{text: text}
	}
	for _, f := range files[len(scriptFiles):] {
		var err error
		switch f.name {
		case stopFile:
			err = d.parseStopWords(f)
		case SynonymsFile:
			err = d.parseSynonyms(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
