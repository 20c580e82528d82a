package index

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/neardup"
)

// someSignatures have ascending hashes, as real ones do; the first ones are those of short texts.
func someSignatures(t testing.TB, n int) []neardup.Signature {
	r := rand.New(rand.NewPCG(1, 1))
	list := make([]neardup.Signature, n)
	for i := range list {
		b := binary.LittleEndian.AppendUint64(nil, r.Uint64())
		b = binary.LittleEndian.AppendUint32(b, r.Uint32N(3000))
		hash := uint32(0)
		for len(b) < neardup.SignatureSize {
			if i > 2 {
				hash += r.Uint32N(1 << 24)
			}
			b = binary.LittleEndian.AppendUint32(b, hash)
		}
		if err := list[i].UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func TestSignaturesAreReadAsWritten(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 63, 64, 65, 200} {
		generation := t.TempDir()
		v := &Volume{VolumeInfo: VolumeInfo{Name: "v", Articles: n}, Deleted: Tombstones{0: n > 1}}
		if n == 1 {
			v.Deleted = nil
		}
		if err := os.MkdirAll(v.Dir(generation), 0o755); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(v.Dir(generation), SignaturesFile)
		want := someSignatures(t, n)
		if err := WriteSignatures(path, want); err != nil {
			t.Fatal(err)
		}
		got, err := ReadSignatures(nil, generation, v)
		if err != nil || len(got) != n-len(v.Deleted) {
			t.Fatalf("%d signatures of %d, error %v", len(got), n, err)
		}
		for i := range want {
			one, err := ReadSignature(generation, v, i)
			if err != nil || one != want[i] || i >= len(v.Deleted) && got[i-len(v.Deleted)] != want[i] {
				t.Errorf("%d signatures: number %d differs, error %v", n, i, err)
			}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if perArticle := len(data) / n; n == 200 && perArticle > neardup.SignatureSize*85/100 {
			t.Errorf("%d bytes a signature", perArticle)
		}
		if err := os.WriteFile(path, data[:len(data)-1], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadSignatures(nil, generation, v); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%d signatures without the last byte: %v", n, err)
		}
	}
}
