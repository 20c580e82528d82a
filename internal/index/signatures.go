package index

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"xunwen/internal/neardup"
	"xunwen/internal/segment"
)

// signatures.bin has the signatures of the articles of a volume, in blocks of 64. After the
// magic, for each block where it ends, uint64 from the end of these numbers on; then the blocks,
// and of each of its signatures the hash and the size as neardup writes them, and the
// differences of the least hashes of shingles, packed (segment.AppendNumbers).
const (
	SignaturesFile  = "signatures.bin"
	signaturesMagic = "XWS2"
)

const (
	signaturesPerBlock = 64
	signatureHead      = 8 + 4 // hash and size
	signatureHashes    = (neardup.SignatureSize - signatureHead) / 4
)

func signatureBlocks(articles int) int {
	return (articles + signaturesPerBlock - 1) / signaturesPerBlock
}

// WriteSignatures writes signatures.bin.
func WriteSignatures(path string, list []neardup.Signature) error {
	return writeFile(path, signaturesMagic, func(w *bufio.Writer) {
		var ends, blocks []byte
		for i := range list {
			blocks = appendSignature(blocks, &list[i])
			if (i+1)%signaturesPerBlock == 0 || i+1 == len(list) {
				ends = binary.LittleEndian.AppendUint64(ends, uint64(len(blocks)))
			}
		}
		w.Write(ends)
		w.Write(blocks)
	})
}

func appendSignature(to []byte, s *neardup.Signature) []byte {
	var plain [neardup.SignatureSize]byte
	s.AppendBinary(plain[:0]) // never fails
	to = append(to, plain[:signatureHead]...)
	var hashes [signatureHashes]uint32
	last := uint32(0)
	for i := range hashes {
		hash := binary.LittleEndian.Uint32(plain[signatureHead+4*i:])
		hashes[i], last = hash-last, hash
	}
	return segment.AppendNumbers(to, hashes[:])
}

// readSignature reads what appendSignature appended, and returns its size. Of src, size bytes
// are no padding.
func readSignature(s *neardup.Signature, src []byte, size int) (used int, err error) {
	if size < signatureHead {
		return 0, fmt.Errorf("a signature of %d bytes", size)
	}
	var hashes [signatureHashes]uint32
	if used, err = segment.ReadNumbers(hashes[:], src[signatureHead:], size-signatureHead); err != nil {
		return 0, err
	}
	plain := append(make([]byte, 0, neardup.SignatureSize), src[:signatureHead]...)
	hash := uint32(0)
	for _, difference := range hashes {
		hash += difference
		plain = binary.LittleEndian.AppendUint32(plain, hash)
	}
	return signatureHead + used, s.UnmarshalBinary(plain)
}

// ReadSignatures appends the signatures of the articles of a volume, without
// deleted ones.
func ReadSignatures(to []neardup.Signature, generation string, v *Volume) ([]neardup.Signature, error) {
	err := readSignatures(generation, v, 0, signatureBlocks(v.Articles), func(number int, s neardup.Signature) {
		if !v.Deleted.Has(number) {
			to = append(to, s)
		}
	})
	return to, err
}

// ReadSignature reads the signature of one article of a volume, by its number there.
func ReadSignature(generation string, v *Volume, number int) (found neardup.Signature, err error) {
	block := number / signaturesPerBlock
	err = readSignatures(generation, v, block, block+1, func(n int, s neardup.Signature) {
		if n == number {
			found = s
		}
	})
	return found, err
}

// readSignatures reads the blocks [from, to), and calls visit for each article.
func readSignatures(generation string, v *Volume, from, to int, visit func(int, neardup.Signature)) error {
	f, err := os.Open(filepath.Join(v.Dir(generation), SignaturesFile))
	if err != nil {
		return err
	}
	defer f.Close() // read only
	for i := from; i < to; i++ {
		block, err := readSignatureBlock(f, v.Articles, i)
		if err != nil {
			return fmt.Errorf("%s, block %d: %w", f.Name(), i, err)
		}
		at, size := 0, len(block)-segment.NumbersPadding
		for number := i * signaturesPerBlock; number < min((i+1)*signaturesPerBlock, v.Articles); number++ {
			var s neardup.Signature
			used, err := readSignature(&s, block[at:], size-at)
			if err != nil {
				return fmt.Errorf("%s, article %d: %w", f.Name(), number, err)
			}
			at += used
			visit(number, s)
		}
		if at != size {
			return fmt.Errorf("%s, block %d has %d bytes, not %d", f.Name(), i, size, at)
		}
	}
	return nil
}

// readSignatureBlock reads a block, with padding.
func readSignatureBlock(f *os.File, articles, block int) ([]byte, error) {
	first := int64(len(signaturesMagic) + 8*signatureBlocks(articles))
	var ends [16]byte // of the block before and of this one
	part := ends[:]
	if block == 0 {
		part = ends[8:]
	}
	if _, err := f.ReadAt(part, int64(len(signaturesMagic)+8*block+8-len(part))); err != nil {
		return nil, err
	}
	start, end := binary.LittleEndian.Uint64(ends[:]), binary.LittleEndian.Uint64(ends[8:])
	if end < start || end-start > signaturesPerBlock*(neardup.SignatureSize+1) {
		return nil, fmt.Errorf("block %d has %d bytes", block, end-start)
	}
	b := make([]byte, end-start, end-start+segment.NumbersPadding)
	if _, err := f.ReadAt(b, first+int64(start)); err != nil {
		return nil, err
	}
	return b[:cap(b)], nil
}
