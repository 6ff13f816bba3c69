// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads of Java 21 and later. They are called by reflection, because Jobyard also runs on Java 17. */
final class VirtualThreads {

    private static final int FIRST_JAVA = 21;
    private static final @Nullable ThreadFactory FACTORY = Runtime.version().feature() < FIRST_JAVA ? null : factory();

    private VirtualThreads() {}

    /** Returns whether this Java has virtual threads. */
    static boolean areAvailable() {
        return FACTORY != null;
    }

    /** Creates a virtual thread. It inherits no thread locals, like the threads of a pool. */
    static Thread create(String name, Runnable work) {
        Thread thread = Objects.requireNonNull(FACTORY, "virtual threads").newThread(work);
        thread.setName(name);
        thread.setContextClassLoader(VirtualThreads.class.getClassLoader());
        return thread;
    }

    private static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            type.getMethod("inheritInheritableThreadLocals", boolean.class).invoke(builder, false);
            return (ThreadFactory) type.getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the virtual threads of this Java", e);
        }
    }
}
