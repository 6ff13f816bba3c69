// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.steps;

import io.jobyard.api.JobId;
import io.jobyard.spi.handlers.HiddenFields;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Token that answers a callback. It contains the ID of the job and a secret of 128 bits.
 *
 * @param signal name of the signal that contains the answer
 */
public record CallbackToken(JobId job, String signal) {

    private static final String PREFIX = "callback:";
    private static final int SECRET_BYTES = 16;
    private static final Pattern IN_PATH = Pattern.compile("(?i)(?<=callbacks).+");

    /** Creates a token from a secure random source. */
    public static CallbackToken of(JobId job, RandomGenerator random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new CallbackToken(
                job, PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /**
     * Parses a token.
     *
     * @param text from {@link #text}
     * @throws IllegalArgumentException if it is invalid
     */
    public static CallbackToken parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || dot == text.length() - 1) {
            throw new IllegalArgumentException("invalid callback token");
        }
        return new CallbackToken(new JobId(UUID.fromString(text.substring(0, dot))), PREFIX + text.substring(dot + 1));
    }

    /** Returns whether a signal is the answer to a callback. Only the owner of a token can send such a signal. */
    public static boolean isName(String signal) {
        return signal.startsWith(PREFIX);
    }

    /** Returns the token for the other side: letters, digits, {@code -}, {@code _} and a dot. */
    public String text() {
        return job + "." + signal.substring(PREFIX.length());
    }

    /** Masks the token in a request path, original or decoded, for a log. */
    public static String masked(String path) {
        return IN_PATH.matcher(path).replaceFirst("/" + HiddenFields.INSTEAD);
    }
}
