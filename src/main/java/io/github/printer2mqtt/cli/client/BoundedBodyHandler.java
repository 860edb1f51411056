package io.github.printer2mqtt.cli.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A body as bytes, up to a size; a larger one ends the exchange with an {@link IOException}. */
public final class BoundedBodyHandler implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
    private final long largest;
    private long received;
    private @Nullable Subscription subscription;

    public BoundedBodyHandler(long largest) {
        this.largest = largest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        whole.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (ByteBuffer part : parts) {
            received += part.remaining();
        }
        if (received <= largest) {
            whole.onNext(parts);
        } else if (subscription != null) {
            // In this order: cancelling fails the body too, and the first failure is the one that is told.
            whole.onError(new IOException("the answer is larger than " + largest + " bytes"));
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.onError(failure);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }
}
