// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

/**
 * What is kept of a password, from which it cannot be told: PBKDF2 with HMAC-SHA-256.
 *
 * @param rounds how often it was hashed
 * @param salt random bytes, as Base64
 * @param hash what came of it, as Base64
 */
public record PasswordHash(int rounds, String salt, String hash) {

    /**
     * Without the hash, for logs.
     *
     * @return how often it was hashed
     */
    @Override
    public String toString() {
        return "password hashed " + rounds + " times";
    }
}
