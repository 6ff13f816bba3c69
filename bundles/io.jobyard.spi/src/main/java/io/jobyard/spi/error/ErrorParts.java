// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.error;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two parts of the line that reports an error.
 *
 * @param message the problem
 */
public record ErrorParts(String message, String fix) {

    /**
     * Separator of the two parts, in group 1: a semicolon, except before "nothing was stored", or a colon before a verb. Separators within
     * quoted text do not count.
     */
    private static final Pattern FIX = Pattern.compile("(?<![\\p{L}\\p{N}])'[^'\n]*'(?![\\p{L}\\p{N}])"
            + "|(; (?!nothing was )|: (?=(?:use|give|leave|submit|store|write|set|name|remove|omit|raise|start|see|wait|create|make|fix"
            + "|run (?:the|this)|(?:pass|type) it|job:[a-z]+|--[a-z-]+) ))");

    /**
     * Splits a line into the problem and, after a semicolon or a colon, the fix. If the line contains no fix, the fix of the code is used.
     */
    public static ErrorParts of(ErrorCode code, String line) {
        Matcher matcher = FIX.matcher(line);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                return new ErrorParts(line.substring(0, matcher.start()), line.substring(matcher.end()));
            }
        }
        return new ErrorParts(line, code.fix());
    }
}
