// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stands in for any interface: answers the methods that a test names, and refuses all others. Set up by one thread. */
public final class Stub<T> {

    /** What a method answers. */
    public interface Answer {
        @Nullable
        Object to(Object[] arguments) throws Throwable;
    }

    /** Comes before every call. */
    public interface Watch {
        void before(String method, Object[] arguments) throws Throwable;
    }

    private static final Object[] NONE = {};

    private final Class<? super T> type;
    private final Map<String, Answer> answers = new HashMap<>();
    private @Nullable T real;
    private Watch watch = (method, arguments) -> {};

    private Stub(Class<? super T> type) {
        this.type = type;
    }

    public static <T> Stub<T> of(Class<? super T> type) {
        return new Stub<>(type);
    }

    /** One that passes on whatever it has no answer for. */
    public static <T> Stub<T> before(Class<? super T> type, T real) {
        Stub<T> stub = new Stub<>(type);
        stub.real = real;
        return stub;
    }

    /** Always answers the same. */
    public Stub<T> with(String method, @Nullable Object value) {
        return on(method, arguments -> value);
    }

    public Stub<T> on(String method, Answer answer) {
        if (Stream.of(type.getMethods()).noneMatch(known -> known.getName().equals(method))) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no method " + method);
        }
        answers.put(method, answer);
        return this;
    }

    /** May throw instead of the answer. */
    public Stub<T> first(Watch next) {
        watch = next;
        return this;
    }

    @SuppressWarnings("unchecked")
    public T get() {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::answer);
    }

    private @Nullable Object answer(Object self, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? NONE : given;
        watch.before(method.getName(), arguments);
        Answer answer = answers.get(method.getName());
        if (answer != null) {
            return answer.to(arguments);
        }
        if (real != null) {
            return pass(method, arguments, real);
        }
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "Stub of " + type.getSimpleName();
            default ->
                throw new Unexpected(
                        type.getSimpleName() + "." + method.getName(), "call on(\"" + method.getName() + "\", …)");
        };
    }

    private static @Nullable Object pass(Method method, Object[] arguments, Object real) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
