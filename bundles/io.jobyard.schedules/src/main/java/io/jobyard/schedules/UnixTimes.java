// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import com.cronutils.model.Cron;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.time.ExecutionTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Times of a cron expression with the fields of Unix. */
record UnixTimes(ExecutionTime times, boolean isAnyHour) implements LocalTimes {

    /** @throws IllegalArgumentException if the expression is invalid; the message contains the reason */
    static UnixTimes of(String expression) {
        Cron cron = CronExpressions.parse(expression);
        String hours = cron.retrieve(CronFieldName.HOUR).getExpression().asString();
        return new UnixTimes(ExecutionTime.forCron(cron), LocalTimes.isAnyHour(hours));
    }

    @Override
    public Optional<LocalDateTime> next(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
