package access

import (
	"net/netip"
	"testing"
)

func TestExportsAreBoundedByClient(t *testing.T) {
	var e Exports
	begin := func(key, address string) func() {
		end, ok := e.Begin(key, netip.MustParseAddr(address))
		if ok != (end != nil) {
			t.Fatalf("Begin returned %t", ok)
		}
		return end
	}
	first := begin("", "192.0.2.1")
	if first == nil || begin("", "192.0.2.2") == nil || begin("", "2001:db8::1") == nil {
		t.Error("an export of another address is refused")
	}
	if begin("", "192.0.2.1") != nil || begin("", "2001:db8::2") != nil || begin("", "::ffff:192.0.2.1") != nil {
		t.Error("a second export of an address, or of a /64, begins")
	}
	if first(); begin("", "192.0.2.1") == nil {
		t.Error("after an export has ended, the next one is refused")
	}
	var last func()
	for i := range exportsPerKey {
		last = begin("readers", netip.AddrFrom4([4]byte{192, 0, 2, byte(1 + i)}).String())
		if last == nil {
			t.Fatalf("export %d of a key is refused", i+1)
		}
	}
	if begin("readers", "198.51.100.1") != nil || begin("wire", "198.51.100.1") == nil {
		t.Error("keys are not bounded each by itself")
	}
	if last(); begin("readers", "198.51.100.1") == nil {
		t.Error("after an export of a key has ended, the next one is refused")
	}
}
