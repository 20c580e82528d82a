package index

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"xunwen/internal/neardup"
)

// signatures.bin has, after the magic, the signature of each article of a volume,
// neardup.SignatureSize bytes.
const (
	SignaturesFile  = "signatures.bin"
	signaturesMagic = "XWS1"
)

// WriteSignatures writes signatures.bin.
func WriteSignatures(path string, list []neardup.Signature) error {
	return writeFile(path, signaturesMagic, func(w *bufio.Writer) {
		b := make([]byte, 0, neardup.SignatureSize)
		for i := range list {
			b, _ = list[i].AppendBinary(b[:0]) // never fails
			w.Write(b)                         // Flush returns the error
		}
	})
}

// ReadSignatures appends the signatures of the articles of a volume, without
// deleted ones.
func ReadSignatures(to []neardup.Signature, generation string, v *Volume) ([]neardup.Signature, error) {
	path := filepath.Join(v.Dir(generation), SignaturesFile)
	err := readFile(path, signaturesMagic, func(r *bufio.Reader, size int64) error {
		if size != int64(len(signaturesMagic))+int64(v.Articles)*neardup.SignatureSize {
			return fmt.Errorf("it does not have %d signatures", v.Articles)
		}
		b := make([]byte, neardup.SignatureSize)
		for i := range v.Articles {
			if _, err := io.ReadFull(r, b); err != nil {
				return err
			}
			if v.Deleted.Has(i) {
				continue
			}
			var s neardup.Signature
			if err := s.UnmarshalBinary(b); err != nil {
				return fmt.Errorf("article %d: %w", i, err)
			}
			to = append(to, s)
		}
		return nil
	})
	return to, err
}

// ReadSignature reads the signature of one article of a volume, by its number there.
func ReadSignature(generation string, v *Volume, number int) (s neardup.Signature, err error) {
	f, err := os.Open(filepath.Join(v.Dir(generation), SignaturesFile))
	if err != nil {
		return s, err
	}
	defer f.Close() // read only
	b := make([]byte, neardup.SignatureSize)
	if _, err := f.ReadAt(b, int64(len(signaturesMagic)+number*neardup.SignatureSize)); err != nil {
		return s, fmt.Errorf("the signature of article %d: %w", number, err)
	}
	return s, s.UnmarshalBinary(b)
}
