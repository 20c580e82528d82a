package index

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"path/filepath"

	"xunwen/internal/analyzer"
	"xunwen/internal/neardup"
)

// signatures.bin: the magic, then a signature of each article of a volume, of
// neardup.SignatureSize bytes.
const (
	signaturesFile  = "signatures.bin"
	signaturesMagic = "XWS1"
)

func writeSignatures(path string, list []neardup.Signature) error {
	return writeFile(path, signaturesMagic, func(w *bufio.Writer) {
		b := make([]byte, 0, neardup.SignatureSize)
		for i := range list {
			b, _ = list[i].AppendBinary(b[:0]) // never fails
			w.Write(b)                         // Flush says what failed
		}
	})
}

// readSignatures appends the signatures of a volume's articles that are there.
func readSignatures(to []neardup.Signature, generation string, v *volume) ([]neardup.Signature, error) {
	path := filepath.Join(v.dir(generation), signaturesFile)
	err := readFile(path, signaturesMagic, func(r *bufio.Reader, size int64) error {
		if size != int64(len(signaturesMagic))+int64(v.Articles)*neardup.SignatureSize {
			return fmt.Errorf("not the signatures of %d articles", v.Articles)
		}
		b := make([]byte, neardup.SignatureSize)
		for i := range v.Articles {
			if _, err := io.ReadFull(r, b); err != nil {
				return err
			}
			if v.gone.has(i) {
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

// findGroups finds the near-duplicates among all articles of a generation.
// before is what is known of them.
func findGroups(ctx context.Context, words *analyzer.Analyzer, path string, l *library, before grouped) (groups, neardup.Known, error) {
	signatures := make([]neardup.Signature, 0, l.Len())
	for _, v := range l.volumes {
		var err error
		if signatures, err = readSignatures(signatures, path, v); err != nil {
			return groups{}, nil, err
		}
	}
	first, known, err := neardup.Comparer{Fold: words.Folder}.Groups(ctx, signatures, before.known, l.Get)
	if err != nil {
		return groups{}, nil, fmt.Errorf("grouping near-duplicates: %w", err)
	}
	g := groups{first, map[uint32]string{}}
	for i, f := range first {
		if int(f) == i {
			continue
		}
		for _, n := range []uint32{f, uint32(i)} {
			if _, ok := g.id[n]; ok {
				continue
			}
			id, ok := before.id[n]
			if !ok {
				a, err := l.Get(int(n))
				if err != nil {
					return groups{}, nil, err
				}
				id = a.ID
			}
			g.id[n] = id
		}
	}
	return g, known, nil
}
