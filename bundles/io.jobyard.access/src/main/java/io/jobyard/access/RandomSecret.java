// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** Random secrets that cannot be guessed, so that a plain hash does not reveal them. */
final class RandomSecret {

    /** Prefix of a token, which people and source code scanners recognize. */
    static final String TOKEN = "jyt_";

    private static final int BYTES = 32;
    private static final int CHARACTERS = 43;

    private final SecureRandom random = new SecureRandom();

    /** Creates a secret: 43 characters {@code A-Z a-z 0-9 - _}. */
    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns whether a text has the form of these secrets. Other texts are not looked up. */
    static boolean isOne(String secret, String prefix) {
        return secret.length() == prefix.length() + CHARACTERS && secret.startsWith(prefix);
    }

    /** Returns the hash that identifies a secret: SHA-256, in hexadecimal digits. */
    static String hash(String secret) {
        return Sha256.hex(secret);
    }
}
