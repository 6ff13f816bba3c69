// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.JobListener;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Listeners that behave badly. */
enum Hostile {
    THROWS {
        @Override
        JobListener listener() {
            return event -> {
                throw new IllegalStateException("at each event");
            };
        }
    },
    BLOCKS {
        @Override
        JobListener listener() {
            return event -> pause(TimeUnit.HOURS.toMillis(1));
        }
    },
    /** Is always at a call when it goes, every few milliseconds, and comes again. */
    LEAVES {
        @Override
        JobListener listener() {
            return event -> pause(TimeUnit.MINUTES.toMillis(1));
        }

        @Override
        <T> T during(BundleContext context, Callable<T> task) throws Exception {
            Thread comings = new Thread(
                    () -> {
                        while (!Thread.currentThread().isInterrupted()) {
                            ServiceRegistration<JobListener> there = register(context);
                            pause(5);
                            there.unregister();
                        }
                    },
                    "bench-listener");
            comings.start();
            try {
                return task.call();
            } finally {
                comings.interrupt();
                comings.join();
            }
        }
    };

    static Hostile of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    abstract JobListener listener();

    /** Has it there while something is done. */
    <T> T during(BundleContext context, Callable<T> task) throws Exception {
        ServiceRegistration<JobListener> there = register(context);
        try {
            return task.call();
        } finally {
            there.unregister();
        }
    }

    ServiceRegistration<JobListener> register(BundleContext context) {
        return context.registerService(JobListener.class, listener(), null);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
