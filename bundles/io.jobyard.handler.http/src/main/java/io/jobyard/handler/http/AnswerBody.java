// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.spi.json.JsonNumbers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response, as stored in a result.
 *
 * @param type {@code json}, {@code text} or {@code base64}
 * @param value a text, or a JSON value
 */
record AnswerBody(String type, @Nullable Object value) {

    private static final Pattern JSON = Pattern.compile("application/([\\w.-]+\\+)?json");
    private static final Pattern TEXT = Pattern.compile(
            "text/.*|application/(xml|javascript|x-www-form-urlencoded|x-ndjson|yaml)|[\\w.-]+/[\\w.-]+\\+(xml|yaml)");
    private static final Pattern CHARSET =
            Pattern.compile(".*;\\s*charset=\"?([\\w.:-]+)\"?.*", Pattern.CASE_INSENSITIVE);
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Converts a body by its content type; to base64 if it is not text or not in the declared character set. */
    static AnswerBody of(byte[] body, String contentType) {
        String media = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean isJson = JSON.matcher(media).matches();
        Matcher charset = CHARSET.matcher(contentType);
        boolean saysCharset = charset.matches();
        if (body.length == 0) {
            return new AnswerBody("text", "");
        } else if (!isJson && !saysCharset && !TEXT.matcher(media).matches()) {
            return base64(body);
        }
        return decoded(body, saysCharset ? charset.group(1) : "UTF-8")
                .map(text -> isJson ? json(text) : new AnswerBody("text", text))
                .orElseGet(() -> base64(body));
    }

    private static AnswerBody base64(byte[] body) {
        return new AnswerBody("base64", Base64.getEncoder().encodeToString(body));
    }

    private static Optional<String> decoded(byte[] body, String charset) {
        try {
            return Optional.of(Charset.forName(charset)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    /** Parses JSON. Returns a text if the body is not JSON, or has numbers that the result cannot represent exactly. */
    private static AnswerBody json(String text) {
        try {
            return JsonNumbers.problem(text).isPresent()
                    ? new AnswerBody("text", text)
                    : new AnswerBody("json", MAPPER.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            return new AnswerBody("text", text);
        }
    }
}
