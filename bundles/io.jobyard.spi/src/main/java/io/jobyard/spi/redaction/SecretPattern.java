// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Form of a secret in a text.
 *
 * @param bytes the form, with one character for each byte of its UTF-8
 * @param open length of its beginning that is not secret, for example {@code Bearer}; 0 if all of it is secret
 * @param shown replacement text
 */
record SecretPattern(String bytes, int open, String shown) {

    /** Minimum length of a line or part of a secret. Shorter lines and parts occur in too many texts. */
    private static final int SHORTEST_PART = 8;

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)(?: +|://)(?=\\S)");

    /** Returns all forms: the secret, the credential after its scheme, each of its lines, and the base64 forms of these. */
    static List<SecretPattern> of(String secret, String shown) {
        Matcher scheme = SCHEME.matcher(secret);
        boolean hasScheme = scheme.lookingAt();
        Set<String> plain = new LinkedHashSet<>(List.of(secret, secret.replace(' ', '+')));
        Stream.concat(
                        secret.contains("\n") ? secret.lines() : Stream.of(),
                        hasScheme ? Stream.of(secret.substring(scheme.end())) : Stream.of())
                .map(String::strip)
                .filter(part -> part.length() >= SHORTEST_PART)
                .forEach(plain::add);
        Set<String> encoded = new LinkedHashSet<>();
        plain.forEach(form -> encoded.addAll(base64(form)));
        int open = hasScheme ? scheme.end(1) : 0;
        return Stream.concat(
                        plain.stream()
                                .map(form -> new SecretPattern(
                                        TextView.bytes(form), form.length() == secret.length() ? open : 0, shown)),
                        encoded.stream().map(form -> new SecretPattern(form, 0, shown)))
                .toList();
    }

    /** Returns the base64 forms. Base64 encodes three bytes as four characters, so a secret within a longer text has one of three forms. */
    private static Set<String> base64(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().encodeToString(shifted);
            String whole = encoded.substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
            forms.add(whole);
            forms.add(whole.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    /** Returns the length of an incomplete match of this form that ends at {@code end}. */
    int startedBefore(String text, int end) {
        int length = Math.min(end, bytes.length() - 1);
        while (length > 0 && !text.regionMatches(end - length, bytes, 0, length)) {
            length--;
        }
        return length;
    }

    /** Returns the number of characters from {@code start} on that are an end of this form, but not all of it. */
    int endedAfter(String text, int start) {
        int length = Math.min(text.length() - start, bytes.length() - 1);
        while (length > 0 && !text.regionMatches(start, bytes, bytes.length() - length, length)) {
            length--;
        }
        return length;
    }

    /** Returns whether the text is only a part of this form, and too long for a coincidence. */
    boolean contains(String text) {
        return text.length() >= SHORTEST_PART && text.length() < bytes.length() && bytes.contains(text);
    }
}
