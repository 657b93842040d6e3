"""The graph over HTTP, for programs; starlette and uvicorn come with the extra `serve`."""
