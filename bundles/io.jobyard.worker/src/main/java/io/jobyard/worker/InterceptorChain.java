// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.JobInvocation;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One run on its way through the interceptors to its handler. Each interceptor is called with its own context class loader. */
final class InterceptorChain implements JobInvocation {

    private final RunContext context;
    private final Iterator<Interceptor> next;
    private final Handler handler;

    InterceptorChain(RunContext context, List<Interceptor> outermostFirst, Handler handler) {
        this.context = context;
        this.next = outermostFirst.iterator();
        this.handler = handler;
    }

    @Override
    public JobContext context() {
        return context;
    }

    @Override
    public String handlerBundle() {
        return handler.symbolicName();
    }

    @Override
    public Set<String> marked(String keyword) {
        return handler.schema.marked(handler.payloads.tree(context.payload()), keyword);
    }

    @Override
    public void payload(Map<String, Object> payload) {
        context.replacePayload(payload);
    }

    @Override
    public void redact(UnaryOperator<String> redaction) {
        context.texts.redact(redaction);
    }

    @Override
    public void redact(String secret, String shown) {
        context.texts.redact(secret, shown);
    }

    @Override
    public void secrets(UnaryOperator<String> source) {
        context.takeSecretsFrom(source);
    }

    @Override
    public Map<String, Object> proceed() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            if (!next.hasNext()) {
                thread.setContextClassLoader(handler.loader());
                context.begins();
                return handler.service.handle(context);
            }
            JobInterceptor interceptor = next.next().service();
            thread.setContextClassLoader(interceptor.getClass().getClassLoader());
            return interceptor.around(this);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
