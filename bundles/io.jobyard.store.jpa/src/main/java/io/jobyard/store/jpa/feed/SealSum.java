// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import java.math.BigInteger;

/**
 * Sum of the seals of several histories modulo 2^256, independent of their order. Without the key, an attacker cannot find another set with
 * the same sum (the additive multiset hash of Clarke et al., ASIACRYPT 2003).
 *
 * @param histories number of histories; negative if more were removed than added
 */
public record SealSum(long histories, BigInteger sum) {

    static final int BYTES = 32;
    public static final SealSum NONE = new SealSum(0, BigInteger.ZERO);

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * BYTES);

    static SealSum of(long histories, byte[] sum) {
        return new SealSum(histories, new BigInteger(1, sum));
    }

    public SealSum and(SealSum other) {
        return new SealSum(histories + other.histories, sum.add(other.sum).mod(MODULUS));
    }

    public SealSum with(byte[] seal) {
        return and(of(1, seal));
    }

    SealSum without(byte[] seal) {
        return new SealSum(histories - 1, sum.subtract(new BigInteger(1, seal)).mod(MODULUS));
    }

    byte[] bytes() {
        byte[] signed = sum.toByteArray(); // may have a sign byte, or fewer bytes than needed
        byte[] bytes = new byte[BYTES];
        int length = Math.min(BYTES, signed.length);
        System.arraycopy(signed, signed.length - length, bytes, BYTES - length, length);
        return bytes;
    }
}
