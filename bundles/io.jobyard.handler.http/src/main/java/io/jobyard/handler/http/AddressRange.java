// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.settings.api.HostName;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses with the same prefix, as in CIDR notation.
 *
 * @param first the lowest address
 * @param bits the length of the prefix
 */
record AddressRange(InetAddress first, int bits) {

    private static final Pattern CIDR = Pattern.compile("([0-9a-fA-F:.]+)/(\\d{1,3})");

    /** Parses a CIDR. Throws {@link IllegalArgumentException} if it is invalid. */
    static AddressRange of(String cidr) {
        Matcher matcher = CIDR.matcher(cidr);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("invalid CIDR \"" + cidr + "\"; use a range, for example 10.1.0.0/16");
        }
        String text = matcher.group(1).contains(":") ? "[" + matcher.group(1) + "]" : matcher.group(1);
        if (!HostName.isAddress(text)) {
            throw new IllegalArgumentException(
                    "invalid address in \"" + cidr + "\"; use a range, for example 10.1.0.0/16");
        }
        AddressRange range = new AddressRange(address(text), Integer.parseInt(matcher.group(2)));
        if (range.bits > range.size()) {
            throw new IllegalArgumentException(
                    "invalid CIDR \"" + cidr + "\": the prefix length is out of range; use 0 to " + range.size());
        } else if (!range.low().equals(BigInteger.ZERO)) {
            throw new IllegalArgumentException("invalid CIDR \"" + cidr + "\": bits after the first " + range.bits
                    + " are set; use an address whose bits after the first " + range.bits + " are 0");
        }
        return range;
    }

    /** Parses an address literal, without a name lookup. */
    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("invalid address " + literal, e);
        }
    }

    private int size() {
        return first.getAddress().length * Byte.SIZE;
    }

    private BigInteger low() {
        return value(first).mod(BigInteger.ONE.shiftLeft(size() - bits));
    }

    private static BigInteger value(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    boolean contains(InetAddress address) {
        int others = size() - bits;
        return address.getAddress().length == first.getAddress().length
                && value(address).shiftRight(others).equals(value(first).shiftRight(others));
    }

    boolean contains(AddressRange other) {
        return other.bits >= bits && contains(other.first);
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
