// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file in {@code etc/}. A nearly correct name is recognized, so that its target is closed and the mistake
 * is reported: {@code io.jobyard.limits-a.conf}, {@code jobyard.role-b.cfg}, {@code IO.Jobyard.Worker.CFG}.
 *
 * @param target the intended configuration
 */
record FileName(String file, ConfigurationTarget target) {

    static final String SUFFIX = ".cfg";

    private static final String OURS = "io.jobyard.";
    private static final Pattern LIKE_A_SUFFIX =
            Pattern.compile("(?i)\\.(cfg|conf|config|cnf|properties|props|ini|txt|xml|json|ya?ml)$");
    /** Factories: many configurations, each with a name. All other PIDs below {@code io.jobyard.} have one; secrets have both. */
    private static final Pattern LIKE_A_FACTORYS = Pattern.compile(
            "(?i)(?:io\\.)?jobyard\\.(calendar|exec\\.command|llm\\.endpoint|limit|queue|role|schedule|secret|type|webhook)s?[-~_.](.*)");

    private static final Pattern LIKE_OURS = Pattern.compile("(?i)(?:io\\.)?jobyard\\.(.+)");
    private static final Pattern SET_ASIDE = Pattern.compile(
            "(?i)[.#].*|.*[~#]|.*\\.(bak|back|backup|old|orig|off|disabled|save|saved|dist|example|sample|template|tmp|part|new"
                    + "|next|rej|rpm\\w+|dpkg-\\w+|sw[a-z]|\\d+)");

    /** Parses a name. Empty if the file is not a configuration, or is a user's backup copy. */
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

    /** {@code x.cfg.monday} is a copy; {@code x.cfg.txt} is a name that an editor changed. */
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

    /** Returns the configuration of a bundle that is not part of Jobyard. */
    private static ConfigurationTarget another(String base) {
        int dash = base.indexOf('-');
        return dash > 0
                ? new ConfigurationTarget(base.substring(0, dash), base.substring(dash + 1))
                : ConfigurationTarget.single(base);
    }

    /** Returns whether the file has the correct name. */
    boolean isRight() {
        return file.equals(target.file());
    }

    /** Returns whether the file is for the host's own settings, which handle refused files. */
    boolean isOurs() {
        return target.pid().startsWith(OURS) && !target.pid().startsWith(OURS + "handler.");
    }
}
