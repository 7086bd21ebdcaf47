package io.flaremail;

import io.flaremail.text.WireAddress;
import jakarta.mail.internet.InternetAddress;

/** One recipient: the address object the caller gave, and its form on the wire. */
final class Recipient {
    final InternetAddress address;
    final WireAddress wire;

    Recipient(InternetAddress address) {
        this.address = address;
        this.wire = WireAddress.of(address.getAddress());
    }
}
