// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSettingsTest {

    private static final String ECHO = "[\"/bin/echo\", \"${text}\"]";

    @Test
    void readsAnArrayOfTexts() {
        CommandSettings settings = read(Map.of("command", "[\"/usr/bin/pandoc\", \"-f\", \"${from}\", \"a ${b}c\"]"));

        assertThat(settings.template()).isNotNull();
        assertThat(settings.template().texts()).containsExactly("/usr/bin/pandoc", "-f", "${from}", "a ${b}c");
        assertThat(settings.template().names()).containsExactly("b", "from");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/bin/echo",
                "\"/bin/echo\"",
                "[]",
                "[\"echo\"]",
                "[\"./echo\"]",
                "[\"${program}\"]",
                "[\"/bin/${a}\"]",
                "[\"/bin/echo\", 5]",
                "[\"/bin/echo\", [\"a\"]]",
                "[\"/bin/echo\"] x",
                "[\"/bin/echo\", \"${a-b}\"]",
                "[\"/bin/echo\", \"${\"]",
                "[\"/bin/echo\", \"\\u0000\"]",
                "{\"a\": \"/bin/echo\"}"
            })
    void refusesWhatIsNone(String command) {
        assertThatThrownBy(() -> read(Map.of("command", command)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageMatching("(?s)(invalid command|missing value of command): .*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "argument.other  | a          | invalid argument.other: the command has no placeholder ${other}",
                "argument.text   | [          | invalid argument.text: use a regular expression; ",
                "directory       | work       | use an absolute path",
                "exit.ok         | 0,256      | use numbers from 0 to 255",
                "exit.retry      | 0,75       | exit.ok and exit.retry have a status in common",
                "timeout.seconds | 0          | use a whole number from 1 to 86400",
                "output.max.bytes| -1         | use a whole number from 0 to 8388608",
                "environment.A-B | a          | invalid environment.A-B: use a variable name",
                "environment.JOBYARD_COMMAND | a | except JOBYARD_COMMAND",
                "shell           | true       | unknown key"
            })
    void refusesABadValueAndSaysWhatToUse(String key, String value, String message) {
        assertThatThrownBy(() -> read(Map.of("command", ECHO, key, value)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`[0-9]{1,4}`, 12, true",
                "`[0-9]{1,4}`, 12345, false",
                "`[0-9]{1,4}`, `12 `, false",
                "`[0-9]{1,4}`, `1\n`, false",
                "`-?[0-9]+`, -5, true",
                "`[0-9-]+`, -5, false",
                "`[-+]?[0-9]+`, -5, true",
                "`(-a|b)`, -a, true",
                "`\\-v`, -v, true",
                "`.*`, -rf, false",
                "`.*`, a-rf, true",
                "`^-x`, -x, true"
            })
    void aValueMustFitAndADashMustBeMeant(String expression, String value, boolean isTaken) {
        CommandSettings settings = read(Map.of("command", ECHO, "argument.text", expression));

        if (isTaken) {
            settings.rules().get("text").check("text", value);
        } else {
            assertThatThrownBy(() -> settings.rules().get("text").check("text", value))
                    .isInstanceOf(PermanentException.class)
                    .hasMessageStartingWith("invalid arguments: text ")
                    .hasMessageNotContainingAny("12345", "-rf");
        }
    }

    @Test
    void withoutARuleAnythingIsTakenButADashAndTooMuch() {
        ArgumentRule.ANY.check("text", "a\nü\u0001");
        ArgumentRule.ANY.check("text", "a".repeat(4_096));

        assertThatThrownBy(() -> ArgumentRule.ANY.check("text", "a".repeat(4_097)))
                .hasMessage("invalid arguments: text has 4097 characters, more than the maximum of 4096");
        assertThatThrownBy(() -> ArgumentRule.ANY.check("text", "a\u0000"))
                .hasMessage("invalid arguments: text contains a NUL character, which is not allowed in arguments");
        assertThatThrownBy(() -> ArgumentRule.ANY.check("text", "--help"))
                .hasMessage("invalid arguments: text begins with -, so a program could read it as an option; if that is"
                        + " intended, let argument.text begin with - too, for example -?[0-9]+");
    }

    @Test
    void eachPlaceNeedsItsValueAndEachValueItsPlace() {
        CommandTemplate template = new CommandTemplate(List.of("/bin/echo", "${a}", "${b}"));

        assertThatThrownBy(() -> template.filled(Map.of("a", "1")))
                .isInstanceOf(PermanentException.class)
                .hasMessage("missing arguments: b");
        assertThatThrownBy(() -> template.filled(Map.of("a", "1", "b", "2", "c", "3")))
                .isInstanceOf(PermanentException.class)
                .hasMessage("unknown arguments: c; use only a, b");
    }

    @Test
    void theLogTellsNoValueOfTheEnvironment() {
        assertThat(read(Map.of("command", ECHO, "environment.TOKEN", "s3cret", "argument.text", "[a-z]+")))
                .hasToString(
                        "command = [/bin/echo, ${text}], rules for [text], environment of [TOKEN], directory = a new"
                                + " one, timeout.seconds = as the job's, output.max.bytes = 262144, exit.ok = [0],"
                                + " exit.retry = [75]");
    }

    private static CommandSettings read(Map<String, String> raw) {
        SettingsReader reader = new SettingsReader(new HashMap<>(raw));
        CommandSettings settings = CommandSettings.read(reader);
        reader.finish();
        return settings;
    }
}
