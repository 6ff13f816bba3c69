// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a file in {@code etc/} says. Names that come close to one of Jobyard's are understood, so that what was
 * meant can be shut and named: {@code io.jobyard.limits-a.conf}, {@code jobyard.role-b.cfg}, {@code IO.Jobyard.Worker.CFG}.
 *
 * @param file the name
 * @param target what it is meant for
 */
record FileName(String file, ConfigurationTarget target) {

    static final String SUFFIX = ".cfg";

    private static final String OURS = "io.jobyard.";
    private static final Pattern LIKE_A_SUFFIX =
            Pattern.compile("(?i)\\.(cfg|conf|config|cnf|properties|props|ini|txt|xml|json|ya?ml)$");
    /** Of these there are many, each with a name; of all other PIDs below {@code io.jobyard.} one. Of the secrets' both. */
    private static final Pattern LIKE_A_FACTORYS =
            Pattern.compile("(?i)(?:io\\.)?jobyard\\.(limit|queue|role|schedule|secret|type)s?[-~_.](.*)");

    private static final Pattern LIKE_OURS = Pattern.compile("(?i)(?:io\\.)?jobyard\\.(.+)");
    private static final Pattern SET_ASIDE = Pattern.compile(
            "(?i)[.#].*|.*[~#]|.*\\.(bak|back|backup|old|orig|off|disabled|save|saved|dist|example|sample|template|tmp|part|new"
                    + "|next|rej|rpm\\w+|dpkg-\\w+|sw[a-z]|\\d+)");

    /** Empty if nobody can take the file for a configuration: another's, or one that was set aside. */
    static Optional<FileName> of(String file) {
        if (SET_ASIDE.matcher(file).matches()) {
            return Optional.empty();
        }
        boolean named = file.endsWith(SUFFIX);
        boolean isLikeOurs = file.toLowerCase(Locale.ROOT).contains("jobyard");
        return named || isLikeOurs && !isCopy(file)
                ? Optional.of(new FileName(file, target(file, named)))
                : Optional.empty();
    }

    /** Such as {@code x.cfg.monday}; but {@code x.cfg.txt} is what an editor makes of a name. */
    private static boolean isCopy(String file) {
        return file.toLowerCase(Locale.ROOT).contains(SUFFIX + ".")
                && !LIKE_A_SUFFIX.matcher(file).find();
    }

    private static ConfigurationTarget target(String file, boolean named) {
        String base = named ? file.substring(0, file.length() - SUFFIX.length()) : withoutSuffixes(file);
        Matcher factory = LIKE_A_FACTORYS.matcher(base);
        if (factory.matches()) {
            return new ConfigurationTarget(OURS + factory.group(1).toLowerCase(Locale.ROOT) + "s", factory.group(2));
        }
        Matcher ours = LIKE_OURS.matcher(base);
        if (ours.matches()) {
            return ConfigurationTarget.single(OURS + ours.group(1).toLowerCase(Locale.ROOT));
        }
        return named ? another(base) : ConfigurationTarget.single(file);
    }

    private static String withoutSuffixes(String file) {
        Matcher suffix = LIKE_A_SUFFIX.matcher(file);
        return suffix.find() ? withoutSuffixes(file.substring(0, suffix.start())) : file;
    }

    /** Of another's bundle. */
    private static ConfigurationTarget another(String base) {
        int dash = base.indexOf('-');
        return dash > 0
                ? new ConfigurationTarget(base.substring(0, dash), base.substring(dash + 1))
                : ConfigurationTarget.single(base);
    }

    /** Whether it is called as what is meant has to be. */
    boolean isRight() {
        return file.equals(target.file());
    }

    /** Whether the host's own settings are meant: they understand that a file is refused. */
    boolean isOurs() {
        return target.pid().startsWith(OURS) && !target.pid().startsWith(OURS + "handler.");
    }
}
