// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.ValidationException;
import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads request bodies: checks the media type and the size, and decodes UTF-8. */
final class BodyText {

    /** Size allowed for the rest of a body in addition to its payloads, in bytes. */
    private static final int AROUND = 262_144;

    private BodyText() {}

    static int ofPayload(SizeLimits sizes) {
        return sizes.maxPayloadBytes() + AROUND;
    }

    static int ofBatch(SizeLimits sizes) {
        return sizes.maxBatchBytes() + AROUND;
    }

    static String mediaType(HttpServletRequest http) {
        @Nullable String given = http.getContentType();
        return given == null ? "" : given.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    static String read(HttpServletRequest http, String mediaType, int most) throws IOException {
        if (http.getContentLengthLong() > most) {
            throw tooLarge(most);
        }
        byte[] bytes = http.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw tooLarge(most);
        }
        if (bytes.length > 0) {
            refuseUnless(http, mediaType);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ValidationException("invalid body: it is not UTF-8; send JSON in UTF-8");
        }
    }

    static void refuseUnless(HttpServletRequest http, String mediaType) {
        if (!mediaType(http).equals(mediaType)) {
            String is = http.getContentType() == null ? "no media type" : "the media type " + http.getContentType();
            throw new RestException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "the body has " + is.replaceAll("[^ -~]", "?") + "; send it with Content-Type: " + mediaType);
        }
    }

    private static RestException tooLarge(int most) {
        return new RestException(
                ErrorCode.TOO_LARGE,
                "the body has more than " + most + " bytes; send less, or store large data elsewhere");
    }
}
