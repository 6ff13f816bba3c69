// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random cron expressions with the fields of Quartz. */
final class RandomQuartz {

    private static final String[] MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
    private static final String[] DAYS = "SUN MON TUE WED THU FRI SAT".split(" ");

    private final Random random;

    RandomQuartz(long seed) {
        random = new Random(seed);
    }

    String next() {
        String text = random.nextInt(4) == 0 ? withNearest() : withoutNearest();
        String year = random.nextInt(5) == 0 ? " " + years() : "";
        return random.nextInt(20) == 0 ? (text + year).toLowerCase(Locale.ROOT) : text + year;
    }

    /** The times of day are short lists, which the test splits. */
    private String withNearest() {
        String days = list(2, this::dayOfNearest);
        return String.join(
                " ",
                list(2, () -> "" + from(0, 59)),
                list(2, () -> "" + from(0, 59)),
                list(2, () -> "" + from(0, 23)),
                days,
                months(),
                "?");
    }

    private String dayOfNearest() {
        return switch (random.nextInt(6)) {
            case 0 -> "LW";
            case 1 -> "L-" + from(0, 30) + "W";
            case 2 -> "L-" + from(0, 30);
            default -> from(1, 31) + "W";
        };
    }

    private String withoutNearest() {
        boolean ofWeek = random.nextBoolean();
        return String.join(
                " ",
                field(0, 59),
                field(0, 59),
                field(0, 23),
                ofWeek ? "?" : daysOfMonth(),
                months(),
                ofWeek ? daysOfWeek() : "?");
    }

    private String daysOfMonth() {
        return switch (random.nextInt(5)) {
            case 0 -> "L";
            case 1 -> "L-" + from(0, 30);
            default -> field(1, 31);
        };
    }

    private String daysOfWeek() {
        String day = random.nextBoolean() ? DAYS[random.nextInt(7)] : "" + from(1, 7);
        return switch (random.nextInt(7)) {
            case 0 -> "L";
            case 1 -> day + "L";
            case 2 -> day + "#" + from(1, 5);
            case 3 -> DAYS[random.nextInt(7)] + "-" + DAYS[random.nextInt(7)];
            case 4 -> list(3, () -> DAYS[random.nextInt(7)]);
            default -> field(1, 7);
        };
    }

    private String months() {
        return switch (random.nextInt(6)) {
            case 0 -> MONTHS[random.nextInt(12)] + "-" + MONTHS[random.nextInt(12)];
            case 1 -> list(3, () -> MONTHS[random.nextInt(12)]);
            case 2 -> field(1, 12);
            default -> "*";
        };
    }

    private String years() {
        int year = from(2020, 2040);
        return switch (random.nextInt(4)) {
            case 0 -> year + "-" + (year + random.nextInt(8));
            case 1 -> year + "/" + from(1, 5);
            case 2 -> list(3, () -> "" + from(2020, 2040));
            default -> "" + year;
        };
    }

    private String field(int least, int most) {
        return random.nextInt(4) == 0 ? "*" : list(3, () -> part(least, most));
    }

    private String part(int least, int most) {
        int step = from(1, Math.min(most, 59));
        return switch (random.nextInt(6)) {
            case 0 -> "*/" + step;
            case 1 -> from(least, most) + "/" + step;
            case 2 -> from(least, most) + "-" + from(least, most);
            case 3 -> from(least, most) + "-" + from(least, most) + "/" + step;
            default -> "" + from(least, most);
        };
    }

    private String list(int longest, Supplier<String> part) {
        return Stream.generate(part).limit(from(1, longest)).distinct().collect(Collectors.joining(","));
    }

    private int from(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
