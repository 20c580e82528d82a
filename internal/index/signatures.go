package index

import (
	"context"
	"fmt"
	"os"
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
	b := make([]byte, 0, len(signaturesMagic)+len(list)*neardup.SignatureSize)
	b = append(b, signaturesMagic...)
	for i := range list {
		var err error
		if b, err = list[i].AppendBinary(b); err != nil {
			return err
		}
	}
	return os.WriteFile(path, b, 0o644)
}

// readSignatures appends the signatures of a volume's articles that are there.
func readSignatures(to []neardup.Signature, generation string, v *volume) ([]neardup.Signature, error) {
	path := filepath.Join(v.dir(generation), signaturesFile)
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if len(b) != len(signaturesMagic)+v.Articles*neardup.SignatureSize || string(b[:len(signaturesMagic)]) != signaturesMagic {
		return nil, fmt.Errorf("%s: not the signatures of %d articles", path, v.Articles)
	}
	b = b[len(signaturesMagic):]
	for i := range v.Articles {
		if v.gone.has(i) {
			continue
		}
		var s neardup.Signature
		if err := s.UnmarshalBinary(b[i*neardup.SignatureSize : (i+1)*neardup.SignatureSize]); err != nil {
			return nil, fmt.Errorf("%s: article %d: %w", path, i, err)
		}
		to = append(to, s)
	}
	return to, nil
}

// findGroups finds the near-duplicates among all articles of a generation.
// before is what is known of them.
func findGroups(ctx context.Context, words *analyzer.Analyzer, path string, l *library, before grouped) (groups, neardup.Known, error) {
	var signatures []neardup.Signature
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
