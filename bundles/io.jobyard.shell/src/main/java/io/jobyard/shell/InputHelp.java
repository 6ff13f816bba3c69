// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import java.util.ArrayList;
import java.util.List;

/** Help text for an input: its meaning, its range and its default. */
final class InputHelp {

    private static final String SEVERAL = " Repeat the option, or separate values with commas.";

    private InputHelp() {}

    static String sentence(Input input) {
        String phrase = phrase(input);
        return Character.toUpperCase(phrase.charAt(0)) + phrase.substring(1);
    }

    /** Returns the sentence without a capital, for the end of another sentence. */
    static String phrase(Input input) {
        String meaning = input.meaning().isEmpty() ? "the " + input.name() : input.meaning();
        List<String> bounds = new ArrayList<>();
        if (input.bounds().get("maximum") instanceof Long most && most < Long.MAX_VALUE) {
            bounds.add(input.bounds().get("minimum") + "–" + most);
        }
        List<String> words = words(input);
        if (!words.isEmpty() && words.size() < 10 && words.stream().anyMatch(word -> !meaning.contains(word))) {
            bounds.add(or(words));
        }
        Object otherwise = input.bounds().get("default");
        if (otherwise != null) {
            bounds.add("default " + otherwise);
        }
        String whole = meaning + (bounds.isEmpty() ? "" : " (" + String.join("; ", bounds) + ")");
        return (whole.endsWith(".") ? whole : whole + ".") + (input.type() == InputType.TEXTS ? SEVERAL : "");
    }

    /** Returns the words among which a value must be; empty for any value. */
    @SuppressWarnings("unchecked") // among() takes texts
    static List<String> words(Input input) {
        return (List<String>) input.bounds().getOrDefault("enum", List.of());
    }

    static String or(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }
}
