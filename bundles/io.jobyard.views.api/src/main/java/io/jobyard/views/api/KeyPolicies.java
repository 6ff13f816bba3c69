// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.KeyPolicy;
import io.jobyard.api.ValidationException;
import java.time.Duration;

/** Key policies in text form: {@code return}, {@code replace}, {@code debounce:30s}, {@code throttle:5m}. */
public final class KeyPolicies {

    private KeyPolicies() {}

    /**
     * Parses a key policy.
     *
     * @throws ValidationException if the text is not a key policy
     */
    public static KeyPolicy parse(String text) {
        String[] words = text.split(":", 2);
        if (words.length == 2) {
            Duration time = Durations.parse(words[0], words[1]);
            switch (words[0]) {
                case "debounce":
                    return KeyPolicy.debounce(time);
                case "throttle":
                    return KeyPolicy.throttle(time);
                default:
                    break;
            }
        } else if (text.equals("return")) {
            return KeyPolicy.RETURN;
        } else if (text.equals("replace")) {
            return KeyPolicy.REPLACE;
        }
        throw new ValidationException("invalid key policy '" + text
                + "'; use return, replace, debounce:TIME or throttle:TIME, for example debounce:30s");
    }
}
