// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.spi.text.StackLines;
import java.util.List;
import java.util.stream.Stream;

/** The stack of a thread inside a bundle, in one line. */
final class BundleStack {

    private static final List<String> CALLERS =
            List.of("org.apache.felix.", "jdk.internal.reflect.", "java.lang.reflect.");

    private BundleStack() {}

    /** Returns the frames, the innermost first, without those of the framework that called the bundle. */
    static String of(StackTraceElement[] stack) {
        List<StackTraceElement> inside =
                Stream.of(stack).takeWhile(frame -> !isCaller(frame)).toList();
        return StackLines.inOneLine(inside.isEmpty() ? Stream.of(stack) : inside.stream());
    }

    /** Returns whether the stack is inside a call of {@code System.exit} or {@code Runtime.exit}, which never returns. */
    static boolean isInExit(StackTraceElement[] stack) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
    }

    private static boolean isCaller(StackTraceElement frame) {
        return CALLERS.stream().anyMatch(frame.getClassName()::startsWith);
    }
}
