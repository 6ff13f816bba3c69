// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The forms that texts may have secrets in, whole and cut anywhere. */
class SecretRedactorTest {

    private static final String REFERENCE = "${secret:api}";

    static List<Arguments> secrets() {
        List<Arguments> cases = new ArrayList<>();
        for (String secret : List.of(
                "sk-live/7f+Qz\"9\\w=ä€😀kT2m",
                "Bearer eyJhbGci/OiJ9.x-y_z~0123456789",
                "-----BEGIN KEY-----\nMIIEvQIBADANBgkq/hkiG9w0B\n-----END KEY-----")) {
            for (Form form : Form.values()) {
                cases.add(Arguments.of(secret, form));
            }
        }
        return cases;
    }

    enum Form {
        PLAIN(secret -> secret),
        JSON(SecretRedactorTest::json),
        JSON_WITH_SLASHES(secret -> json(secret).replace("/", "\\/")),
        JSON_IN_UNITS(secret -> units(secret, "\\u%04x")),
        JSON_IN_CAPITAL_UNITS(secret -> units(secret, "\\u%04X")),
        JSON_WITHIN_JSON(secret -> json(json(secret).replace("/", "\\/"))),
        PERCENT(secret -> URLEncoder.encode(secret, StandardCharsets.UTF_8)),
        PERCENT_IN_SMALL_LETTERS(secret -> Pattern.compile("%..")
                .matcher(percent(secret))
                .replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT))),
        PERCENT_OF_EACH_BYTE(secret -> octets(secret)),
        PERCENT_TWICE(secret -> percent(percent(secret))),
        PERCENT_WITHIN_JSON(secret -> json(percent(secret))),
        JSON_WITHIN_PERCENT(secret -> percent(json(secret))),
        BASE64(secret -> base64("", secret)),
        BASE64_AFTER_ONE(secret -> base64("x", secret)),
        BASE64_AFTER_TWO(secret -> base64("xy", secret)),
        BASE64_OF_A_PAIR(secret -> base64("{\"user\":\"ann\",\"key\":\"", secret + "\"}")),
        BASE64_OF_A_URL(secret -> Base64.getUrlEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))),
        BASE64_IN_LINES(secret -> Base64.getMimeEncoder(20, new byte[] {'\r', '\n'})
                .encodeToString(secret.getBytes(StandardCharsets.UTF_8))),
        BASE64_WITHIN_JSON(secret -> base64("", secret).replace("/", "\\/").replace("+", "\\u002b")),
        BASE64_WITHIN_PERCENT(secret -> percent(base64("xy", secret)));

        private final UnaryOperator<String> encoder;

        Form(UnaryOperator<String> encoder) {
            this.encoder = encoder;
        }
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretInATextIsReplaced(String secret, Form form) {
        String encoded = form.encoder.apply(secret);
        List<String> parts = parts(secret, form);
        String shown = redactor(secret).redact("the answer: " + encoded + " of the server");
        assertThat(shown).contains(REFERENCE);
        assertNothingOf(parts, shown);
    }

    /** At each place where a text can be cut, at its end, at its start, and before an ellipsis. */
    @ParameterizedTest
    @MethodSource("secrets")
    void whereATextIsCutNoFourCharactersOfASecretRemain(String secret, Form form) {
        String encoded = form.encoder.apply(secret);
        List<String> parts = parts(secret, form);
        SecretRedactor redactor = redactor(secret);
        for (int at = 1; at < encoded.length(); at++) {
            String start = encoded.substring(0, at);
            String end = encoded.substring(at);
            assertNothingOf(parts, redactor.redact("the answer: " + start));
            assertNothingOf(parts, redactor.redact("the answer: \"" + start + "\"... and more"));
            assertNothingOf(parts, redactor.redact("the answer: " + start + "… (401)"));
            assertNothingOf(parts, redactor.redact(end + " of the server"));
            assertNothingOf(parts, redactor.redact("(401) …" + end + " of the server"));
        }
    }

    /** In pieces of each length, and with a first piece of each length. */
    @ParameterizedTest
    @MethodSource("secrets")
    void aStreamThatHasASecretInPiecesShowsNothingOfIt(String secret, Form form) {
        String encoded = form.encoder.apply(secret);
        List<String> parts = parts(secret, form);
        String text = "the answer: " + encoded + " of the server";
        for (int length = 1; length < text.length(); length++) {
            if (length < 10) {
                assertStream(secret, parts, text, 0, length);
            }
            assertStream(secret, parts, text, length, text.length());
        }
    }

    private static void assertStream(String secret, List<String> parts, String text, int first, int length) {
        RedactedStream stream = new RedactedStream(redactor(secret));
        StringBuilder shown = new StringBuilder(stream.next(text.substring(0, first)));
        for (int at = first; at < text.length(); at += length) {
            shown.append(stream.next(text.substring(at, Math.min(text.length(), at + length))));
        }
        shown.append(stream.end());
        assertThat(shown.toString())
                .startsWith("the answer: ")
                .endsWith(" of the server")
                .contains(REFERENCE);
        assertNothingOf(parts, shown.toString());
    }

    @Test
    void aStreamThatEndsWithinASecretShowsNothingOfIt() {
        String secret = "plainsecret0123456789";
        for (int at = 4; at < secret.length(); at++) {
            RedactedStream stream = new RedactedStream(redactor(secret));
            assertThat(stream.next("so: " + secret.substring(0, 2))
                            + stream.next(secret.substring(2, at))
                            + stream.end())
                    .isEqualTo("so: " + REFERENCE);
        }
    }

    @Test
    void aStreamKeepsBackNothingThatBeginsNoSecret() {
        RedactedStream stream = new RedactedStream(redactor("zzsecret0123"));
        assertThat(stream.next("1 + 1!\n")).isEqualTo("1 + 1!\n");
        assertThat(stream.next("50% of ")).isEqualTo("50% of ");
        assertThat(stream.next("a z")).isEqualTo("a ");
        assertThat(stream.next("oo")).isEqualTo("zoo");
        assertThat(stream.end()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sk-12345678 | nothing of it                | nothing of it",
                "sk-12345678 | sk-                          | sk-",
                "sk-12345678 | the sk-1 of another          | the sk-1 of another",
                "sk-12345678 | 678 is no end                | 678 is no end",
                "sk-12345678 | 12345 + 1                    | 12345 + 1",
                "sk-12345678 | 5678 is one                  | ${secret:api} is one",
                "sk-12345678 | begins with sk-1             | begins with ${secret:api}",
                "sk-12345678 | sk-12345678sk-12345678       | ${secret:api}${secret:api}",
                "abab1abab   | abab1abab1abab               | ${secret:api}",
                "Bearer abcdefghij | WWW-Authenticate: Bearer | WWW-Authenticate: Bearer",
                "Bearer abcdefghij | token abcdefghij, ok     | token ${secret:api}, ok",
                "Bearer abcdefghij | token is abcde           | token is ${secret:api}",
                "https://a.b/hook/abcdef | https              | https",
                "https://a.b/hook/abcdef | a https://c.d/ too | a https://c.d/ too",
            })
    void whatIsNoSecretStays(String secret, String text, String shown) {
        assertThat(redactor(secret).redact(text)).isEqualTo(shown);
    }

    @Test
    void ofSecretsThatContainEachOtherTheLongestIsShown() {
        SecretRedactor redactor = new SecretRedactor();
        redactor.add("hunter2", "${short}");
        redactor.add("hunter2&more", "${long}");
        assertThat(redactor.redact("GET /?k=hunter2%26more: hunter2&more, hunter2, hunter3"))
                .isEqualTo("GET /?k=${long}: ${long}, ${short}, hunter3");
    }

    @Test
    void aTextThatWasNotCutLosesNoRemainder() {
        SecretRedactor redactor = redactor("20240001");
        assertThat(redactor.redactUncut("2024")).isEqualTo("2024");
        assertThat(redactor.redactUncut("20240001")).isEqualTo(REFERENCE);
    }

    @Test
    void aSecretThatIsTooShortToFindIsRefused() {
        assertThatThrownBy(() -> new SecretRedactor().add("abc", REFERENCE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret to redact has at least 4 characters: use a longer one");
    }

    private static SecretRedactor redactor(String secret) {
        SecretRedactor redactor = new SecretRedactor();
        assertThat(redactor.isEmpty()).isTrue();
        redactor.add(secret, REFERENCE);
        return redactor;
    }

    /**
     * Returns each four characters of the secret in its form; of base64 each ten, of which at most nine may be seen: three of a cut, others
     * that are part of another byte too, and the line's end.
     */
    private static List<String> parts(String secret, Form form) {
        List<String> parts = new ArrayList<>();
        if (form.name().startsWith("BASE64")) {
            String encoded = form.encoder.apply(secret);
            for (int at = form == Form.BASE64_OF_A_PAIR ? 28 : 0; at + 10 <= encoded.length(); at++) {
                parts.add(encoded.substring(at, at + 10));
            }
            return parts;
        }
        int[] points = secret.codePoints().toArray();
        for (int at = secret.startsWith("Bearer ") ? 4 : 0; at + 4 <= points.length; at++) {
            parts.add(form.encoder.apply(new String(points, at, 4)));
        }
        return parts;
    }

    private static void assertNothingOf(List<String> parts, String shown) {
        String rest = shown.replace(REFERENCE, "|");
        for (String part : parts) {
            if (rest.contains(part)) { // asked millions of times
                assertThat(rest).doesNotContain(part);
            }
        }
    }

    private static String json(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String units(String text, String form) {
        StringBuilder units = new StringBuilder();
        text.chars().forEach(unit -> units.append(form.formatted(unit)));
        return units.toString();
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String octets(String text) {
        StringBuilder octets = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            octets.append("%%%02X".formatted(each));
        }
        return octets.toString();
    }

    private static String base64(String before, String text) {
        return Base64.getEncoder().encodeToString((before + text).getBytes(StandardCharsets.UTF_8));
    }
}
