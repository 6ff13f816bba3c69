// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.util.regex.Pattern;

/** Parser of cron expressions: five fields, six with seconds, or a word. */
final class CronExpressions {

    private static final int WITH_SECONDS = 6;
    /** Replaces Sunday by 0 in a range that begins with it, as in Unix; the parser reads the name as 7. */
    private static final Pattern SUNDAY_FIRST = Pattern.compile("(?i)(?<![^\\s,])SUN-(?!SUN)");

    private static final CronParser FIVE = new CronParser(definition(CronDefinitionBuilder.defineCron()));
    private static final CronParser SIX = new CronParser(definition(CronDefinitionBuilder.defineCron()
            .withSeconds()
            .withValidRange(0, 59)
            .withStrictRange()
            .and()));

    private CronExpressions() {}

    private static CronDefinition definition(CronDefinitionBuilder fields) {
        return fields.withMinutes()
                .withValidRange(0, 59)
                .withStrictRange()
                .and()
                .withHours()
                .withValidRange(0, 23)
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .withValidRange(1, 31)
                .withStrictRange()
                .and()
                .withMonth()
                .withValidRange(1, 12)
                .withStrictRange()
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .withStrictRange()
                .and()
                .withSupportedNicknameAnnually()
                .withSupportedNicknameYearly()
                .withSupportedNicknameMonthly()
                .withSupportedNicknameWeekly()
                .withSupportedNicknameDaily()
                .withSupportedNicknameMidnight()
                .withSupportedNicknameHourly()
                .instance();
    }

    /** @throws IllegalArgumentException if the expression is invalid; the message contains the reason */
    static Cron parse(String expression) {
        boolean withSeconds = expression.strip().split("\\s+").length == WITH_SECONDS;
        try {
            return (withSeconds ? SIX : FIVE)
                    .parse(SUNDAY_FIRST.matcher(expression.strip()).replaceAll("0-"))
                    .validate();
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage()).replaceFirst("^Failed to parse cron expression\\. ", "");
            throw new IllegalArgumentException(
                    "invalid cron '" + expression + "': " + why.replaceFirst("[. ]+$", "")
                            + ": use five fields such as 0 2 * * *, six with seconds first, or @daily",
                    e);
        }
    }
}
