package io.github.printer2mqtt.cli.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a size; a larger one fails the exchange with an {@link IOException}. */
public final class BoundedBodyHandler implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> delegate = BodySubscribers.ofByteArray();
    private final long maxBytes;
    private long received;
    private @Nullable Subscription subscription;

    public BoundedBodyHandler(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return delegate.getBody();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        delegate.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            received += part.remaining();
        }
        if (received <= maxBytes) {
            delegate.onNext(parts);
        } else if (subscription != null) {
            // Cancelling also fails the body, and the first failure is the one reported.
            delegate.onError(new IOException("the response is larger than " + maxBytes + " bytes"));
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        delegate.onError(failure);
    }

    @Override
    public void onComplete() {
        delegate.onComplete();
    }
}
