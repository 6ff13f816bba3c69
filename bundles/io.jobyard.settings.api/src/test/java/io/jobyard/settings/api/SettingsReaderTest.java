// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobyard.api.FieldProblem;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A problem names the key and the fix, and nothing of the value: it may be a secret at a wrong place. */
class SettingsReaderTest {

    private static final String TOKEN = "https://ann:hunter2@example.com/hooks?token=hunter2";

    @Test
    void aValueUnderAnUnknownKeyIsNotTold() {
        assertThat(problems(Map.of("pasword", "hunter2"), reader -> reader.text("password", "")))
                .containsExactly("unknown key pasword (did you mean 'password'?); use password");
    }

    @Test
    void aRenamedKeyIsRefusedWithItsName() {
        assertThat(problems(Map.of("host", "0.0.0.0"), reader -> reader.text("bind.address", "")))
                .containsExactly("unknown key host: its name is now bind.address");
        assertThat(problems(Map.of("host", "0.0.0.0"), reader -> reader.text("port", "")))
                .containsExactly("unknown key host; use port");
    }

    @Test
    void aKeyWithoutAValueIsRefused() {
        assertThat(problems(Map.of("running.max", " "), reader -> reader.optionalInteger("running.max", 9)))
                .containsExactly("missing value of running.max: set a value, or omit the key");
        assertThat(problems(Map.of("types", ""), reader -> reader.value("types", List.of("*"), List::of)))
                .containsExactly("missing value of types: set a value, or omit the key");
        SettingsReader reader = new SettingsReader(Map.of("allow", ""));
        assertThat(reader.value("allow", List.of(), List::of)).isEmpty();
        reader.finish();
    }

    @Test
    void aRefusedNumberIsNotTold() {
        assertThat(problems(Map.of("size", "hunter2"), reader -> reader.integer("size", 1, 1, 9)))
                .containsExactly("invalid size: use a whole number from 1 to 9");
    }

    @Test
    void whatAParserQuotesOfTheValueIsLeftOut() {
        for (String quote : List.of("%s is no URL", "\"%s\" is no URL", "'%s' is no URL")) {
            assertThat(problems(
                            Map.of("url", " " + TOKEN + " "),
                            reader -> reader.value("url", "", text -> {
                                throw new IllegalArgumentException(quote.formatted(text) + ": use 'https'");
                            })))
                    .singleElement()
                    .asString()
                    .startsWith("invalid url: ")
                    .contains("(value)", " is no URL")
                    .doesNotContain("hunter2");
        }
        assertThat(problems(
                        Map.of("payload", "{\"token\": hunter2}"),
                        reader -> reader.value("payload", "", text -> {
                            throw new IllegalArgumentException("Unrecognized token 'hunter2': use JSON");
                        })))
                .containsExactly("invalid payload: Unrecognized token (value): use JSON");
    }

    @Test
    void aValueWithQuotationMarksOfItsOwnIsLeftOutWhereItIsQuoted() {
        for (String value : List.of("{\"token\":\"hunter2\"", "a, {'token':'hunter2'", "'hunter2\", hunter2'x")) {
            assertThat(problems(
                            Map.of("allow", value),
                            reader -> reader.value("allow", "", text -> {
                                String element =
                                        text.substring(text.indexOf(',') + 1).strip();
                                throw new IllegalArgumentException("\"" + element + "\" is no origin");
                            })))
                    .containsExactly("invalid allow: (value) is no origin");
        }
    }

    @Test
    void whatAProblemOfSeveralKeysQuotesOfThemIsLeftOut() {
        assertThat(problems(Map.of("a", "hunter2"), reader -> {
                    reader.text("a", "");
                    reader.refuse("a 'hunter2' and b are both there");
                }))
                .containsExactly("a (value) and b are both there");
        assertThat(problems(Map.of("cron", "hunter2,'hunter2'"), reader -> {
                    String cron = reader.text("cron", "");
                    reader.refuse("cron '" + cron + "' is refused");
                }))
                .containsExactly("cron (value) is refused");
    }

    @Test
    void eachProblemHasItsKey() {
        assertThat(refusal(Map.of("a", "x", "b", " ", "c", "1", "d", "2", "e", "3"), reader -> {
                            reader.integer("a", 1, 1, 9);
                            reader.optional("b", text -> text);
                            reader.text("c", "");
                            reader.text("d", "");
                            reader.refuse("c", "c exceeds d");
                            reader.refuse("the file has too many keys");
                        })
                        .fields())
                .extracting(FieldProblem::field)
                .containsExactly("a", "b", "c", "settings", "e");
    }

    private static List<String> problems(Map<String, String> raw, Consumer<SettingsReader> parser) {
        return refusal(raw, parser).problems();
    }

    private static InvalidSettingsException refusal(Map<String, String> raw, Consumer<SettingsReader> parser) {
        SettingsReader reader = new SettingsReader(raw);
        parser.accept(reader);
        return catchThrowableOfType(InvalidSettingsException.class, reader::finish);
    }
}
